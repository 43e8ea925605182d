"""Operations: signature, docstring, the call they build and the result they read, as code."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from ..api import JSON, Api, Argument, Operation
from ..document_text import DocumentText
from ..runtime import NAMES, READERS, SENSITIVE, core_imports
from .decoding import result_reader
from .text import (
    RAISES,
    Code,
    docstring,
    docstring_entry,
    f_literal,
    literal,
    name,
    paragraph,
    safe_line,
    sentence,
    split_labels,
)
from .types import class_imports, join, qualified, read_type, sent_type, sent_value

_BODY_CLASSES = {
    "json": "JsonBody",
    "form": "FormBody",
    "multipart": "MultipartBody",
    "raw": "RawBody",
}
_DEFAULT_MEDIA = {
    "json": "application/json",
    "form": "application/x-www-form-urlencoded",
    "multipart": "multipart/form-data",
    "raw": "application/octet-stream",
}
_SENDERS = {"record": "_record", "page": "_list", "none": "_none", "any": "_any",
            "text": "_text", "bytes": "_bytes"}  # fmt: skip


def constant(operation: Operation) -> Code:
    """The name of the `Operation` constant: `list_deliveries` → `LIST_DELIVERIES`."""
    found = unicodedata.normalize("NFKC", operation.method.upper())
    # A class may be called `A`, run-time names are in capitals too, and some scripts have none.
    short = sum(character.isupper() for character in found) < 2
    return name(f"{found}_OPERATION" if short or found in NAMES else found)


def operation_arguments(operation: Operation) -> Code:
    """The arguments of `Operation(…)`."""
    parts = [literal(operation.name), literal(operation.http), literal(operation.path)]
    if operation.kind != "record":
        parts.append(Code(f"kind={literal(operation.kind)}"))
    if operation.auth:
        parts.append(Code(f"auth={_strings(operation.auth)}"))
    if operation.idempotent is not None:
        parts.append(Code(f"idempotent={operation.idempotent}"))
    if operation.sensitive:
        parts.append(Code(f"{SENSITIVE}=True"))
    if operation.unwrap:
        parts.append(Code(f"unwrap={_strings(operation.unwrap)}"))
    if operation.may_be_empty:
        parts.append(Code("may_be_empty=True"))
    if operation.accept != JSON:
        parts.append(Code(f"accept={literal(operation.accept)}"))
    if operation.paging is not None:
        parts.append(Code(f"page_layout={_page_layout(operation)}"))
    return Code(", ".join(parts))


def _page_layout(operation: Operation) -> str:
    paging = operation.paging
    assert paging is not None
    meta = "None" if paging.meta is None else _strings(paging.meta)
    parts = [_strings(paging.items), meta]
    if not paging.paged:
        parts.append("is_paginated=False")
    if paging.page_size is not None:
        parts.append(f"page_size={paging.page_size!r}")
    if paging.max_page_size is not None:
        parts.append(f"max_page_size={paging.max_page_size!r}")
    return f"PageLayout({', '.join(parts)})"


def _strings(values: Sequence[DocumentText | str]) -> str:
    inner = ", ".join(literal(value) for value in values)
    return f"({inner},)" if len(values) == 1 else f"({inner})"


def returns(operation: Operation) -> Code:
    """Annotation of the method's result."""
    inner = read_type(operation.result)
    if operation.kind == "page":
        return Code(qualified(f"{'Pager' if operation.gives_pager else 'Page'}[{inner}]"))
    found = {"none": "None", "text": "str", "bytes": "bytes", "any": "Any"}.get(
        operation.kind, inner
    )
    optional = operation.may_be_empty or (operation.kind == "record" and operation.nullable)
    return Code(qualified(join([found, "None"]) if optional else found))


def signature(operation: Operation) -> Code:
    """Parameters after `self`: path values first, the rest by keyword, required ones first."""
    parts: list[str] = []
    for argument in operation.arguments:
        if argument.location != "path" and "*" not in parts:
            parts.append("*")
        default = _default(argument)
        parts.append(
            f"{name(argument.name)}: {_annotation(argument)}" + (f" = {default}" if default else "")
        )
    return Code("".join(f", {part}" for part in parts))


def _default(argument: Argument) -> str:
    if argument.required:
        return ""
    return "UNSET" if argument.location == "body" else "None"


def _annotation(argument: Argument) -> str:
    annotation = sent_type(argument.type)
    if argument.location == "body" and argument.type.kind == "binary" and not argument.wire:
        annotation = "bytes"
    if argument.nullable or (argument.location != "body" and not argument.required):
        annotation = join([annotation, "None"])
    if argument.location == "body" and not argument.required and annotation != "Any":
        annotation += " | Unset"
    return qualified(annotation)


def define(operation: Operation) -> Code:
    """How the method is defined: a list returns a pager, which is awaited by the caller."""
    return Code("def" if operation.gives_pager else "async def")


def deliver(operation: Operation) -> Code:
    """What precedes the expression that sends the call."""
    return Code("return" if operation.gives_pager else "return await")


def raw_wrapper(operation: Operation | None) -> Code:
    """What turns the method into one that gives its HTTP response too."""
    if operation is None:
        return Code("")
    return Code("page_with_raw_response" if operation.gives_pager else "with_raw_response")


def secrets(operation: Operation) -> list[Code]:
    """Names of the arguments that are credentials.

    Tracebacks with locals, as error trackers write them, would show them bare.
    """
    return [name(argument.name) for argument in operation.arguments if argument.secret]


def call(operation: Operation) -> Code:
    """The expression that builds the `Call`."""
    parts = [constant(operation), _path(operation)]
    for keyword, location in (("params", "query"), ("headers", "header")):
        found = [a for a in operation.arguments if a.location == location]
        if found:
            parts.append(Code(f"{keyword}={_mapping(found)}"))
    body = _body(operation)
    if body:
        parts.append(Code(f"body={body}"))
    parts.append(Code("options=options"))
    return Code(f"Call({', '.join(parts)})")


def _mapping(arguments: list[Argument]) -> str:
    return "{" + ", ".join(f"{literal(a.wire)}: {_value(a)}" for a in arguments) + "}"


def _value(argument: Argument) -> str:
    if argument.comma_separated and argument.type.kind == "array":
        return f"comma_separated({sent_value(argument.type, name(argument.name))})"
    return sent_value(argument.type, name(argument.name))


def _path(operation: Operation) -> Code:
    names = {a.wire: name(a.name) for a in operation.in_location("path")}
    values = {a.wire: _value(a) for a in operation.in_location("path")}
    if not names:
        return literal(operation.path)
    parts = split_labels(operation.path)
    return f_literal(
        # Single quotes: Python 3.11 allows no other ones inside the braces of an f-string.
        Code(f"path_segment({values[part]}, '{names[part]}', {constant(operation)})")
        if index % 2
        else part
        for index, part in enumerate(parts)
    )


def _body(operation: Operation) -> str:
    body, arguments = operation.body, operation.in_location("body")
    if body is None:
        return ""
    cls = _BODY_CLASSES[body.kind]
    content = _mapping(arguments) if body.spread else _value(arguments[0])
    media = "" if body.content_type == _DEFAULT_MEDIA[body.kind] else literal(body.content_type)
    made = f"{cls}({content}{media and f', {media}'})"
    if body.spread:
        return made
    argument = name(arguments[0].name)
    return made if body.required else f"None if {argument} is UNSET else {made}"


def send(operation: Operation) -> Code:
    """The expression that sends the call and reads its result."""
    method = _SENDERS[operation.kind]
    parse = ""
    if operation.kind in ("record", "page"):
        parse = f", {_parse(operation)}"
    if operation.may_be_empty and operation.kind == "record":
        method = "_optional"
    if operation.kind == "page" and not operation.gives_pager:
        method = "_page"
    if operation.paging is not None and operation.paging.offset:
        parameter = literal(operation.paging.offset)
        return Code(f"OffsetPager(self._sender, {call(operation)}{parse}, {parameter})")
    return Code(f"self.{method}({call(operation)}{parse})")


def _parse(operation: Operation) -> str:
    """What reads the payload, or one item of a list."""
    found = result_reader(operation.result)
    if operation.kind == "record" and operation.nullable and found != "identity":
        return f"lambda data: optional(data, {found})"
    return found


_PAGER = "A pager: await it for one page, or iterate over it for every item of every page."


def method_docstring(operation: Operation, *, pager: str = _PAGER) -> Code:
    """The docstring of the method; `pager` says how to use a list."""
    source = safe_line(operation.place)
    summary, described = sentence(operation.summary), sentence(operation.description)
    lines = paragraph(summary or f"{source}.", 11)
    if described and safe_line(operation.description) != safe_line(operation.summary):
        lines += ["", *paragraph(described, 8)]
    lines += ["", f"Source: `{source}`."]
    documented = [(a, text) for a in operation.arguments if (text := _argument_text(a))]
    if documented:
        lines += ["", "Args:"]
        for argument, text in documented:
            lines += docstring_entry(argument.name, text, 8)
    gives = _returns_text(operation, pager)
    if gives:
        lines += ["", "Returns:", *paragraph(f"    {gives}", 8)]
    lines += ["", "Raises:", *docstring_entry("ActuallyCareError", _raises(operation.errors), 8)]
    return docstring(lines, 8)


def _argument_text(argument: Argument) -> str:
    """The description of an argument, and the values of its enums: `help()` shows these nowhere."""
    enums = [inner.members for inner in argument.type.walk() if inner.kind == "enum"]
    values = [f"One of {', '.join(map(_shown, found))}." for found in enums]
    return " ".join(filter(None, [sentence(argument.doc), *values]))


def _shown(value: DocumentText | int) -> str:
    return f"`{value if isinstance(value, int) else safe_line(value)}`"


def _returns_text(operation: Operation, pager: str) -> str:
    if operation.kind == "page" and not operation.gives_pager:
        return "One page. The API pages this list in its own way; see its `meta` and `extra`."
    if operation.kind == "page":
        return pager
    if operation.kind == "any":
        return "The payload as the server sends it: the document does not describe it."
    if operation.may_be_empty:
        return "None when the server answers without a body."
    return ""


def _raises(statuses: tuple[int, ...]) -> str:
    """The documented error statuses as the classes that are raised for them."""
    classes = [f"{RAISES[s]} ({s})" for s in statuses if s in RAISES]
    return ", ".join([*classes, "and what every call raises"]) + "."


def resource_imports(operations: list[Operation], api: Api, dots: str) -> list[Code]:
    """The imports of the classes that a resource names, `dots` away from the package."""
    types = [o.result for o in operations] + [a.type for o in operations for a in o.arguments]
    return [
        Code(f"from {dots}models.{name(module)} import {name(cls)}")
        for module, cls in sorted(class_imports(types, api))
    ]


def core() -> list[Code]:
    """The imports from the run time; the formatter removes those that are not used."""
    names = (
        "UNSET", "File", "Unset", *READERS, "Call", "CallOptions", "FormBody",
        "JsonBody", "PageLayout", "MultipartBody", "Operation", "RawBody", "OffsetPager", "Page",
        "Pager", "wrap_secret", "Resource", "RawMethods", "ContentResource", "with_raw_response",
        "page_with_raw_response", "comma_separated", "path_segment", "deprecated",
        "removed_error", "as_date",
    )  # fmt: skip
    return [Code(line) for line in core_imports(names, "..")]
