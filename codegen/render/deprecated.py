"""Deprecated names: what the templates print for names that the document no longer has."""

from __future__ import annotations

from attrs import frozen

from ..api import Alias, Api, Operation
from ..names import module_name
from .blocking import forwarded
from .text import Code, docstring, literal, name, paragraph, safe_line


@frozen
class DeprecatedMethod:
    """A method that a resource had."""

    method: Code
    message: Code
    doc: Code
    target: Operation | None
    """The operation that it calls; None when nothing replaces it."""
    forward: Code
    """The call of that operation, without `await`."""
    blocking_forward: Code
    """The same in the blocking client."""
    late_import: Code
    """The import of its resource, when that is another one."""


@frozen
class DeprecatedClass:
    """A class or an enum that `models` had."""

    name: Code
    instead: Code
    """The class that replaces it; empty when nothing does."""
    message: Code

    @property
    def instead_or_any(self) -> Code:
        """What type checkers take for it."""
        return self.instead or Code("Any")


def deprecated_resources(api: Api) -> set[str]:
    """Resources that have deprecated names, whether or not they still have operations."""
    return {a.name.split(".")[0] for a in api.aliases if not a.name.startswith("models.")}


def method_of(alias: Alias, api: Api, classes: dict[str, Code]) -> DeprecatedMethod:
    """Return what is printed for one alias of an operation; `classes` are those of resources."""
    resource, method = alias.name.split(".")
    target = api.operations[alias.instead] if alias.instead else None
    forward, blocking_forward, late_import = "", "", ""
    if target is not None:
        arguments = forwarded(target)
        owner = blocking_owner = "self"
        if target.resource != resource:
            cls = classes[target.resource]
            late_import = f"from .{name(module_name(target.resource))} import {cls}"
            owner = f"{cls}(self._sender, raw=self._raw)"
            blocking_owner = f"{cls}(self._runner, raw=self._raw)"
        forward = f"{owner}.{name(target.method)}({arguments})"
        passed = arguments.replace("**options", "deadline=deadline, **options")
        blocking_forward = f"{blocking_owner}.{name(target.method)}({passed})"
    return DeprecatedMethod(
        name(method),
        literal(alias.message),
        docstring(paragraph(safe_line(f"Deprecated: {alias.message}"), 11), 8),
        target,
        Code(forward),
        Code(blocking_forward),
        Code(late_import),
    )


def class_of(alias: Alias) -> DeprecatedClass:
    """Return what is printed for one alias of a class."""
    instead = (alias.instead or "").removeprefix("models.")
    return DeprecatedClass(
        name(alias.name.removeprefix("models.")),
        name(instead) if instead else Code(""),
        literal(alias.message),
    )
