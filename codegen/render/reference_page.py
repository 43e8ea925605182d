"""The page that lists every operation: docs/api.md, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from ..api import Api, Argument, Enum, Operation
from ..document_text import DocumentText
from ..escaping import code_span, one_line, prose
from .operation import returns
from .text import RAISES, sentence
from .types import sent_type

_CREDENTIALS = {"key": "API key", "bearer": "JWT"}
HEAD = """\
<!-- Generated from openapi.json by `python -m codegen generate`. Do not edit. -->
# Operations

Every operation of the API, by the attribute of the client. Pass arguments by keyword, except those
of the path. Every operation also takes `extra_headers`, `extra_query`, `extra_body` and `timeout`:
see [options](options.md#more-than-the-arguments-of-a-method). Every operation may also raise what
any call raises: see [errors](errors.md).
"""


def reference_page(api: Api) -> str:
    """Return the page for `api`."""
    parts = [HEAD]
    for resource, operations in api.resources().items():
        parts.append(f"## {one_line(resource)}\n")
        parts += [_operation(operation, api) for operation in operations]
    return "\n".join(parts)


def _operation(operation: Operation, api: Api) -> str:
    call = f"client.{operation.name}({', '.join(_call(operation.arguments))})"
    lines = [f"### {one_line(operation.name)}\n"]
    summary = sentence(operation.summary)
    if summary:
        lines.append(f"{prose(summary)}\n")
    lines += [
        f"- Call: {code_span(call)}",
        f"- Request: {code_span(operation.place)}",
        f"- Result: {code_span(returns(operation).replace('builtins.', ''))}",
        f"- Credential: {_credential(operation)}",
    ]
    errors = [f"`{RAISES[status]}` ({status})" for status in operation.errors if status in RAISES]
    if errors:
        lines.append(f"- Errors: {', '.join(errors)}")
    if operation.arguments:
        lines += ["", "| argument | type | required | meaning |", "| --- | --- | --- | --- |"]
        lines += [_argument(argument, api) for argument in operation.arguments]
    return "\n".join(lines) + "\n"


def _call(arguments: Iterable[Argument]) -> list[str]:
    """The required arguments, and `…` when there are others."""
    required = [a.name if a.location == "path" else f"{a.name}=…" for a in arguments if a.required]
    return required + ["…"] * any(not a.required for a in arguments)


def _credential(operation: Operation) -> str:
    return " or ".join(_CREDENTIALS[scheme] for scheme in operation.auth) or "none"


def _argument(argument: Argument, api: Api) -> str:
    # A bar ends a cell of a table, inside a code span too.
    type_ = sent_type(argument.type) + (" | None" if argument.nullable else "")
    cells = [
        code_span(argument.name),
        code_span(type_).replace("|", "\\|"),
        "yes" if argument.required else "no",
        " ".join(filter(None, [_meaning(argument), _values(argument, api)])),
    ]
    return f"| {' | '.join(cells)} |"


def _meaning(argument: Argument) -> str:
    return prose(sentence(argument.doc)).replace("|", "\\|") if sentence(argument.doc) else ""


def _values(argument: Argument, api: Api) -> str:
    """The values of the enums that the argument takes."""
    enums = [api.enums[t.name] for t in argument.type.walk() if t.kind == "enum"]
    return " ".join(f"One of {_listed(enum)}." for enum in enums)


def _listed(enum: Enum) -> str:
    shown = (v if isinstance(v, DocumentText) else str(v) for v in enum.values)
    return ", ".join(code_span(value, 80).replace("|", "\\|") for value in shown)
