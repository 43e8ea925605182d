"""Methods of the blocking client: the signature of the async method, and a call of it."""

from __future__ import annotations

from ..api import Operation
from ..runtime import core_imports
from .operation import method_docstring, returns, signature
from .text import Code, name


def blocking_signature(operation: Operation) -> Code:
    """Parameters after `self`: those of the async method, and `deadline` before the options."""
    parameters = signature(operation)
    star = "" if ", *" in parameters else ", *"
    return Code(f"{parameters}{star}, deadline: Deadline = UNSET")


def blocking_returns(operation: Operation) -> Code:
    """Annotation of the method's result."""
    return Code(returns(operation).replace("Pager[", "BlockingPager[", 1))


def blocking_docstring(operation: Operation) -> Code:
    """The docstring of the method."""
    pager = "A pager: iterate over it for every item of every page; `first_page()` gives one page."
    return method_docstring(operation, pager=pager)


def blocking_call(operation: Operation) -> Code:
    """The expression that runs the async method."""
    method = "_list" if operation.gives_pager else "_run"
    call = f"self._resource.{name(operation.method)}({forwarded(operation)})"
    return Code(f"self.{method}({call}, deadline)")


def core() -> list[Code]:
    """The imports from the run time; the formatter removes those that are not used."""
    names = (
        "UNSET",
        "CallOptions",
        "File",
        "Unset",
        "Page",
        "RawMethods",
        "wrap_secret",
        "deprecated",
        "removed_error",
    )
    return [Code(line) for line in core_imports(names, "...")]


def forwarded(operation: Operation) -> Code:
    """The arguments of a method, passed on to another one with the same signature."""
    arguments = [
        name(a.name) if a.location == "path" else f"{name(a.name)}={name(a.name)}"
        for a in operation.arguments
    ]
    return Code(", ".join([*arguments, "**options"]))
