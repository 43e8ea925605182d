"""Operations: signature, docstring, the call they build and the result they read."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, Literal

from attrs import frozen
from openapi_python_client.parser.bodies import Body, BodyType
from openapi_python_client.parser.openapi import Endpoint

from ..names import body_keyword
from ..refusal import Problem, Refused
from .decoding import Unions, read
from .model import Marks, holds_secret, repr_double
from .properties import AnyProperty, ModelProperty
from .text import entry, indented, paragraph, plain, raises, sentence
from .types import Prop, is_map, join, model_names, read_type, write_type

Location = Literal["path", "query", "header", "body"]

_BODY_CLASSES = {
    BodyType.JSON: "JsonBody",
    BodyType.DATA: "FormBody",
    BodyType.FILES: "MultipartBody",
    BodyType.CONTENT: "RawBody",
}


@frozen
class Argument:
    """One argument of an operation."""

    name: str
    wire: str
    """Wire name as a string literal."""
    location: Location
    annotation: str
    default: str | None
    value: str
    """Expression that puts it into the call."""
    doc: str
    secret: bool = False
    """Whether it is a credential."""


@frozen
class EndpointView:
    """One operation."""

    module: str
    method: str
    kind: str
    result: str
    """Annotation of the payload (of one item, for lists)."""
    read: str
    """Expression that reads the payload `data`."""
    reads_any: bool
    """Whether the payload passes through although its type is more than Any."""
    operation: str
    """The arguments of `Operation(…)`."""
    summary: str
    doc: str
    """Docstring of the method, from its first line to its last, indented by 8."""
    path: str
    """Expression for the path."""
    arguments: list[Argument]
    body: str
    imports: list[str]

    @property
    def model(self) -> str:
        """The class whose `from_dict` is all that reads the payload, if there is one."""
        name = self.read.removesuffix(".from_dict(data)")
        return name if name != self.read and name.isidentifier() else ""

    @property
    def returns(self) -> str:
        """Annotation of what the method gives."""
        if self.kind == "page":
            return f"Pager[{self.result}]"
        return {"none": "None", "text": "str", "bytes": "bytes"}.get(self.kind, self.result)

    @property
    def signature(self) -> str:
        """Parameters after `self`: path values first, the rest by keyword, required ones first."""
        path = [a for a in self.arguments if a.location == "path"]
        named = [a for a in self.arguments if a.location != "path"]
        named.sort(key=lambda a: a.default is not None)
        parts = [f"{a.name}: {a.annotation}" for a in path]
        if named:
            parts.append("*")
        parts += [
            f"{a.name}: {a.annotation}" + (f" = {a.default}" if a.default else "") for a in named
        ]
        return ", ".join(parts)

    @property
    def forwarded(self) -> str:
        """The arguments as they are handed on to `build`."""
        return ", ".join(
            a.name if a.location == "path" else f"{a.name}={a.name}" for a in self.arguments
        )

    @property
    def secrets(self) -> list[str]:
        """Names of the arguments that are credentials."""
        return [a.name for a in self.arguments if a.secret]

    def mapping(self, location: Location) -> list[Argument]:
        """The arguments that travel in `location`."""
        return [a for a in self.arguments if a.location == location]


def endpoint_view(endpoint: Endpoint, *, unions: Unions) -> EndpointView:
    """The view of `endpoint`, whose facts the normaliser put on its response as `x-sdk`."""
    success = endpoint.responses.patterns[0]
    facts: dict[str, Any] = (success.data.model_extra or {})["x-sdk"]
    if endpoint.cookie_parameters:
        reason = "cookie parameters are not carried; remove them in the overlay"
        raise Refused([Problem(f"{facts['http']} {facts['path']}", reason)])
    arguments = _arguments(endpoint, facts)
    kind = facts["kind"]
    typed = kind in ("record", "page")
    result = read_type(success.prop) if typed else "None"
    expression = (read(success.prop, "data", unions) if typed else "") or ""
    if typed and not expression and is_map(success.prop):
        expression = "to_map(data, identity)"
    names = {n for a in _properties(endpoint) for n in model_names(a)}
    if typed:
        names |= model_names(success.prop)
    return EndpointView(
        module=str(endpoint.name),
        method=facts["method"],
        kind=kind,
        result=result,
        read=expression,
        reads_any=not expression and not isinstance(success.prop, AnyProperty),
        operation=_operation(facts, sensitive=_is_sensitive(endpoint, facts)),
        summary=plain(endpoint.summary),
        doc=_docstring(endpoint, facts, arguments, kind),
        path=_path_expression(facts["path"], arguments),
        arguments=arguments,
        body=_body_expression(endpoint.bodies, arguments),
        imports=sorted(f"from ...models.{module} import {cls}" for cls, module in names),
    )


def _spread(body: Body | None) -> ModelProperty | None:
    """The body's model when its fields become keyword arguments."""
    if body is None or not isinstance(body.prop, ModelProperty) or is_map(body.prop):
        return None
    return body.prop


def _properties(endpoint: Endpoint) -> list[Prop]:
    body = endpoint.bodies[0] if endpoint.bodies else None
    model = _spread(body)
    fields: list[Prop] = []
    if model is not None:
        fields = [*(model.required_properties or []), *(model.optional_properties or [])]
    elif body is not None:
        fields = [body.prop]
    return [
        *endpoint.path_parameters,
        *endpoint.query_parameters,
        *endpoint.header_parameters,
        *fields,
    ]


def _arguments(endpoint: Endpoint, facts: dict[str, Any]) -> list[Argument]:
    comma, docs = facts.get("query_style", {}), facts.get("docs", {})
    body = endpoint.bodies[0] if endpoint.bodies else None
    model = _spread(body)
    out = [_argument(p, "path", comma, docs) for p in endpoint.path_parameters]
    parameters = [
        *endpoint.path_parameters,
        *endpoint.query_parameters,
        *endpoint.header_parameters,
    ]
    taken = {str(p.python_name) for p in parameters}
    if model is not None:
        fields = [*(model.required_properties or []), *(model.optional_properties or [])]
        marks = Marks.of(model)
        out += [_body_argument(p, marks, taken) for p in sorted(fields, key=_required_first)]
    elif body is not None:
        annotation = "bytes" if body.body_type is BodyType.CONTENT else write_type(body.prop)
        name = body_keyword("body", taken)
        out.append(Argument(name, '""', "body", annotation, None, name, "the request body"))
    query = sorted(endpoint.query_parameters, key=_required_first)
    out += [_argument(p, "query", comma, docs) for p in query]
    out += [_argument(p, "header", comma, docs) for p in endpoint.header_parameters]
    return out


def _required_first(prop: Prop) -> tuple[bool, bool, str]:
    # Paging comes last: what the list is of matters more to a reader than how it is cut.
    wire = prop.name.get_untrusted_value()
    return not prop.required, wire in ("page", "limit"), wire


def _argument(
    prop: Prop, location: Location, comma: dict[str, str], docs: dict[str, str]
) -> Argument:
    wire, name = prop.name.get_untrusted_value(), str(prop.python_name)
    annotation = write_type(prop) if prop.required else join([write_type(prop), "None"])
    value = f"comma_separated({name})" if comma.get(wire) == "comma" else name
    doc = sentence(docs.get(f"{location} {wire}"))
    default = None if prop.required else "None"
    return Argument(name, repr_double(wire), location, annotation, default, value, doc)


def _body_argument(prop: Prop, marks: Marks, taken: Collection[str]) -> Argument:
    wire, name = prop.name.get_untrusted_value(), body_keyword(str(prop.python_name), taken)
    annotation = write_type(prop)
    if wire in marks.nullable:
        annotation = join([annotation, "None"])
    if not prop.required and annotation != "Any":
        annotation += " | Unset"
    default = None if prop.required else "UNSET"
    doc = sentence(marks.docs.get(wire))
    secret = wire in marks.secret
    return Argument(name, repr_double(wire), "body", annotation, default, name, doc, secret)


def _is_sensitive(endpoint: Endpoint, facts: dict[str, Any]) -> bool:
    """Whether credentials travel in the bodies of an operation, as the vendor's /auth does."""
    props = [body.prop for body in endpoint.bodies]
    props += [response.prop for response in endpoint.responses.patterns]
    return str(facts["path"]).startswith("/auth/") or holds_secret(props)


def _operation(facts: dict[str, Any], *, sensitive: bool) -> str:
    parts = [
        repr_double(facts["operation"]),
        repr_double(facts["http"]),
        repr_double(facts["path"]),
    ]
    parts.append(f"kind={repr_double(facts['kind'])}")
    if facts["auth"]:
        parts.append(f"auth={_strings(facts['auth'])}")
    if facts["idempotent"]:
        parts.append("idempotent=True")
    if sensitive:
        parts.append("sensitive=True")
    if facts.get("unwrap"):
        parts.append(f"unwrap={_strings(facts['unwrap'])}")
    if facts.get("accept", "application/json") != "application/json":
        parts.append(f"accept={repr_double(facts['accept'])}")
    if facts["kind"] == "page":
        meta = facts.get("meta")
        shape = [
            f"items={_strings(facts.get('items') or [])}",
            f"meta={_strings(meta) if meta else None}",
            f"is_paginated={bool(facts.get('paged'))}",
            f"page_size={facts.get('page_size')!r}",
        ]
        parts.append(f"page_layout=PageLayout({', '.join(shape)})")
    return ", ".join(parts)


def _strings(values: list[str]) -> str:
    inner = ", ".join(repr_double(value) for value in values)
    return f"({inner},)" if len(values) == 1 else f"({inner})"


def _path_expression(path: str, arguments: list[Argument]) -> str:
    names = {a.wire: a.name for a in arguments if a.location == "path"}
    if not names:
        return repr_double(path)
    parts = re.split(r"{([^}]+)}", path)
    text = "".join(
        repr_double(part.replace("{", "{{").replace("}", "}}"))[1:-1]
        if index % 2 == 0
        else f"{{{_path_segment(names[repr_double(part)])}}}"
        for index, part in enumerate(parts)
    )
    return f'f"{text}"'


def _path_segment(name: str) -> str:
    # Single quotes: Python 3.11 does not allow the quotes of an f-string inside its braces.
    return f"path_segment({name}, '{name}', OPERATION)"


def _body_expression(bodies: list[Body], arguments: list[Argument]) -> str:
    if not bodies:
        return ""
    cls = _BODY_CLASSES[bodies[0].body_type]
    if _spread(bodies[0]) is None:
        return f"{cls}({next(a.value for a in arguments if a.location == 'body')})"
    fields = ", ".join(f"{a.wire}: {a.value}" for a in arguments if a.location == "body")
    return f"{cls}({{{fields}}})"


def _docstring(
    endpoint: Endpoint, facts: dict[str, Any], arguments: list[Argument], kind: str
) -> str:
    source = f"{facts['http']} {facts['path']}"
    lines = paragraph(sentence(endpoint.summary) or f"{source}.", 11)
    described = sentence(endpoint.description)
    if described and plain(endpoint.description) != plain(endpoint.summary):
        lines += ["", *paragraph(described, 8)]
    lines += ["", f"Source: `{source}`."]
    described_arguments = [argument for argument in arguments if argument.doc]
    if described_arguments:
        lines += ["", "Args:"]
        for argument in described_arguments:
            lines += entry(argument.name, argument.doc, 8)
    if kind == "page":
        lines += ["", "Returns:"]
        lines += paragraph(
            "    A pager: await it for one page, or iterate over it for every item of every page.",
            8,
        )
    lines += ["", "Raises:"]
    lines += entry("ActuallyCareError", raises(facts.get("errors", [])) + ".", 8)
    return indented(lines, 8)
