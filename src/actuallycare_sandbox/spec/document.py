"""The OpenAPI document as the sandbox reads it: operations, parameters, bodies, responses.

An independent reading: nothing here is shared with the SDK or with its generator.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..json_value import as_object

Schema = Mapping[str, Any]
METHODS = ("get", "put", "post", "patch", "delete", "head", "options")


class DocumentError(ValueError):
    """The document cannot be served; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A documented parameter; `location` is path, query or header."""

    name: str
    location: str
    required: bool
    schema: Schema
    explode: bool
    pointer: str


@dataclass(frozen=True, slots=True)
class Body:
    """A documented request body: schema by content type."""

    required: bool
    schemas: Mapping[str, Schema]
    pointer: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path, references of its own level resolved.

    `security` lists the alternatives; each is the set of scheme kinds ("key", "bearer") it needs.
    No alternative at all: no credential is needed.
    """

    method: str
    path: str
    parameters: tuple[Parameter, ...]
    body: Body | None
    responses: Mapping[str, Mapping[str, Any]]
    security: tuple[frozenset[str], ...]

    @property
    def name(self) -> str:
        """Method and path, as people say it."""
        return f"{self.method} {self.path}"

    @property
    def success_status(self) -> int:
        """The lowest documented 2xx; 200 when none is documented."""
        return min((int(s) for s in self.responses if s.isdigit() and s[0] == "2"), default=200)

    @property
    def success_schema(self) -> Schema | None:
        """The JSON schema of the success response, if one is documented."""
        content = self.responses.get(str(self.success_status), {}).get("content", {})
        schema: Schema | None = content.get("application/json", {}).get("schema")
        return schema

    def parameter(self, name: str, location: str = "query") -> Parameter | None:
        """The parameter of that name and place."""
        return next((p for p in self.parameters if (p.name, p.location) == (name, location)), None)


@dataclass(frozen=True, slots=True)
class Document:
    """A loaded document. `raw` is served as it came."""

    raw: Mapping[str, Any]
    base_path: str
    operations: tuple[Operation, ...]

    def within(self, path: str) -> str | None:
        """A request's path relative to the base path; None outside of it."""
        base = self.base_path + "/"
        return "/" + path.removeprefix(base) if path.startswith(base) else None

    def resolve(self, node: Any) -> Any:
        """Follow references until something else comes."""
        return _resolve(self.raw, node)

    def properties(self, schema: Schema | None) -> dict[str, Schema]:
        """Properties of an object schema, those of its allOf members included."""
        node = self.resolve(schema or {})
        found: dict[str, Schema] = {}
        for member in node.get("allOf", ()):
            found |= self.properties(member)
        return found | {k: self.resolve(v) for k, v in node.get("properties", {}).items()}

    def required(self, schema: Schema | None) -> set[str]:
        """Names of required properties, those of the allOf members included."""
        node = self.resolve(schema or {})
        names: set[str] = set(node.get("required", ()))
        return names.union(*(self.required(member) for member in node.get("allOf", ())))


def load(path: Path | None = None) -> Document:
    """Read a document: the one given, the installed package's, or the repository's.

    Raises:
        DocumentError: it is missing, not JSON, or not an OpenAPI 3 document.
    """
    text, place = _read(path)
    try:
        raw = json.loads(text)
    except ValueError as error:
        raise DocumentError(f"{place} is not JSON: {error}") from error
    document = as_object(raw) or {}
    if not str(document.get("openapi", "")).startswith("3."):
        raise DocumentError(f"{place} is not an OpenAPI 3 document (no `openapi: 3.x` at its top)")
    return parse(document)


def parse(raw: Mapping[str, Any]) -> Document:
    """Read the operations of a decoded document."""
    servers = raw.get("servers") or [{"url": "/"}]
    base_path = urlsplit(servers[0]["url"]).path.rstrip("/")
    return Document(raw, base_path, tuple(_operations(raw)))


def _read(path: Path | None) -> tuple[str, Path]:
    places = [path] if path else [*_installed(), Path(__file__).parents[3] / "openapi.json"]
    for place in places:
        if place.is_file():
            return place.read_text(encoding="utf-8"), place
    raise DocumentError(f"no OpenAPI document at {places[-1]}; name one with --openapi FILE")


def _installed() -> list[Path]:
    found = resources.files("actuallycare_sandbox") / "openapi.json"
    return [found] if isinstance(found, Path) else []


def _operations(raw: Mapping[str, Any]) -> Iterator[Operation]:
    for path, item in raw.get("paths", {}).items():
        item = _resolve(raw, item)
        for method in METHODS:
            if method in item:
                yield _operation(raw, path, method, item)


def _operation(
    raw: Mapping[str, Any], path: str, method: str, item: Mapping[str, Any]
) -> Operation:
    node = item[method]
    here = f"/paths/{_escape(path)}/{method}"
    shared = [(f"/paths/{_escape(path)}", p) for p in enumerate(item.get("parameters", ()))]
    own = [(here, p) for p in enumerate(node.get("parameters", ()))]
    parameters = {
        (p.name, p.location): p
        for owner, (index, parameter) in shared + own
        for p in [_parameter(raw, parameter, f"{owner}/parameters/{index}")]
    }
    return Operation(
        method=method.upper(),
        path=path,
        parameters=tuple(parameters.values()),
        body=_body(raw, node.get("requestBody"), f"{here}/requestBody"),
        responses={s: _resolve(raw, r) for s, r in node.get("responses", {}).items()},
        security=_security(raw, node),
    )


def _parameter(raw: Mapping[str, Any], node: Any, pointer: str) -> Parameter:
    pointer = _pointer(node, pointer)
    node = _resolve(raw, node)
    return Parameter(
        name=node["name"],
        location=node["in"],
        required=bool(node.get("required")),
        schema=_resolve(raw, node.get("schema", {})),
        explode=node.get("explode", node.get("style", "form") == "form"),
        pointer=f"{pointer}/schema",
    )


def _body(raw: Mapping[str, Any], node: Any, pointer: str) -> Body | None:
    if node is None:
        return None
    pointer = _pointer(node, pointer)
    node = _resolve(raw, node)
    schemas = {kind: media.get("schema", {}) for kind, media in node.get("content", {}).items()}
    return Body(bool(node.get("required")), schemas, f"{pointer}/content")


def _security(raw: Mapping[str, Any], node: Mapping[str, Any]) -> tuple[frozenset[str], ...]:
    schemes = raw.get("components", {}).get("securitySchemes", {})
    return tuple(
        frozenset(_scheme_kind(_resolve(raw, schemes.get(name, {}))) for name in alternative)
        for alternative in node.get("security", raw.get("security", ()))
    )


def _scheme_kind(scheme: Mapping[str, Any]) -> str:
    return "key" if scheme.get("type") == "apiKey" else "bearer"


def _resolve(raw: Mapping[str, Any], node: Any) -> Any:
    seen: set[str] = set()
    while (reference := _reference(node)) is not None:
        if reference in seen or not reference.startswith("#/"):
            raise DocumentError(f"the reference {reference!r} leads nowhere inside the document")
        seen.add(reference)
        node = raw
        for part in reference[2:].split("/"):
            try:
                node = node[part.replace("~1", "/").replace("~0", "~")]
            except (KeyError, TypeError) as error:
                raise DocumentError(f"the reference {reference!r} leads nowhere") from error
    return node


def _reference(node: Any) -> str | None:
    reference = (as_object(node) or {}).get("$ref")
    return None if reference is None else str(reference)


def _pointer(node: Any, otherwise: str) -> str:
    """Where a node really stands, for schemas that are validated in place."""
    reference = _reference(node)
    return reference[1:] if reference else otherwise


def _escape(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")
