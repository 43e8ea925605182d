"""Load the OpenAPI document: operations, parameters, request bodies and responses.

Shares no code with the SDK or its generator, so that a misreading cannot cancel itself out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from attrs import field, frozen

from ..json_value import as_object, is_array

Schema = Mapping[str, Any]
_REFERENCE = "codegen/reference.json"
METHODS = ("get", "put", "post", "patch", "delete", "head", "options")


class DocumentError(ValueError):
    """The document cannot be served; the message names the place and the reason."""


@frozen
class ParameterSpec:
    """A documented parameter."""

    name: str
    """Its name in the request."""
    location: str
    """`path`, `query` or `header`."""
    required: bool
    """Whether a request must have it."""
    schema: Schema
    """Its schema, with the reference resolved."""
    explode: bool
    """Whether an array is sent as repeated parameters; otherwise separated by commas."""
    pointer: str
    """JSON pointer to the schema."""


@frozen
class RequestBodySpec:
    """A documented request body."""

    required: bool
    """Whether a request must have one."""
    schemas: Mapping[str, Schema]
    """Schemas by content type."""
    pointer: str
    """JSON pointer to the `content` object."""


@frozen
class OperationSpec:
    """One method on one path."""

    method: str
    """HTTP method in upper case."""
    path: str
    """Path template, relative to the base path."""
    parameters: tuple[ParameterSpec, ...]
    """Parameters of the operation and of its path."""
    body: RequestBodySpec | None
    """The request body; None where none is documented."""
    responses: Mapping[str, Mapping[str, Any]]
    """Documented responses by status."""
    security: tuple[frozenset[str], ...]
    """Alternatives, each the set of credential kinds (`key`, `bearer`) that it needs. Empty: no
    credential is needed."""

    @property
    def name(self) -> str:
        """Method and path: `GET /listings/{id}`."""
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

    def parameter(self, name: str, location: str = "query") -> ParameterSpec | None:
        """Return the parameter with this name and location."""
        return next((p for p in self.parameters if (p.name, p.location) == (name, location)), None)


@frozen
class Document:
    """A loaded OpenAPI document."""

    raw: Mapping[str, Any] = field(repr=False)
    """The decoded document, unchanged."""
    base_path: str
    """Path of the first server, without a slash at the end."""
    operations: tuple[OperationSpec, ...] = field(repr=False)
    """Every operation."""

    def within(self, path: str) -> str | None:
        """Return a request path relative to the base path; None for a path outside of it."""
        base = self.base_path + "/"
        return "/" + path.removeprefix(base) if path.startswith(base) else None

    def resolve(self, node: Any) -> Any:
        """Return the target of a reference; any other node unchanged."""
        return _resolve(self.raw, node)

    def properties(self, schema: Schema | None) -> dict[str, Schema]:
        """Return the properties of an object schema and of its allOf members."""
        node = self.resolve(schema or {})
        found: dict[str, Schema] = {}
        for member in node.get("allOf", ()):
            found |= self.properties(member)
        return found | {k: self.resolve(v) for k, v in node.get("properties", {}).items()}

    def required(self, schema: Schema | None) -> set[str]:
        """Return the required property names of an object schema and of its allOf members."""
        node = self.resolve(schema or {})
        names: set[str] = set(node.get("required", ()))
        return names.union(*(self.required(member) for member in node.get("allOf", ())))


Rewrite = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def load(path: Path | None = None, rewrite: Rewrite | None = None) -> Document:
    """Load the document at `path`; default: the published reference, which the sandbox implements.

    `rewrite` returns what to serve instead of the decoded document.

    Raises:
        DocumentError: the file cannot be read, is not JSON, or not an OpenAPI 3 document.
    """
    text, source = _read(path)
    try:
        raw = json.loads(text)
    except ValueError as error:
        raise DocumentError(f"{source} is not JSON: {error}") from error
    except RecursionError as error:
        raise DocumentError(f"{source} is nested too deeply") from error
    document = (as_object(raw) or {}) if path else _as_served(raw)
    if not str(document.get("openapi", "")).startswith("3."):
        raise DocumentError(
            f"{source} is not an OpenAPI 3 document (no `openapi: 3.x` at the top level)"
        )
    with explain_document_errors():
        return parse(rewrite(document) if rewrite else document)


@contextmanager
def explain_document_errors() -> Generator[None]:
    """Raise a DocumentError for a document whose parts have other forms than OpenAPI says."""
    try:
        yield
    except DocumentError:
        raise
    except (AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
        reason = f"a part has another form than OpenAPI says ({type(error).__name__}: {error})"
        raise DocumentError(f"the OpenAPI document cannot be served: {reason}") from error
    except RecursionError as error:
        raise DocumentError("the OpenAPI document is nested too deeply") from error


def parse(raw: Mapping[str, Any]) -> Document:
    """Return a decoded document with its operations."""
    servers = raw.get("servers") or [{"url": "/"}]
    base_path = urlsplit(servers[0]["url"]).path.rstrip("/")
    return Document(raw, base_path, tuple(_operations(raw)))


def _read(path: Path | None) -> tuple[str, Path]:
    # openapi.json of the checkout is the vendor's after the first pull, and may describe less.
    candidates = [path] if path else [*_installed(), Path(__file__).parents[3] / _REFERENCE]
    for candidate in candidates:
        if candidate.is_file():
            try:
                return candidate.read_text(encoding="utf-8-sig"), candidate
            except (OSError, UnicodeDecodeError) as error:
                raise DocumentError(f"{candidate} cannot be read: {error}") from error
    raise DocumentError(f"no OpenAPI document at {candidates[-1]}; name one with --openapi FILE")


def _installed() -> list[Path]:
    found = resources.files("actuallycare_sandbox") / "reference.json"
    return [found] if isinstance(found, Path) else []


def _as_served(reference: Any) -> Mapping[str, Any]:
    """Return the reference as an API would serve it: without marks of what is inferred."""
    document = as_object(_without_marks(reference)) or {}
    info = as_object(document.get("info")) or {}
    return {**document, "info": {**info, "x-derived-from": _REFERENCE}}


def _without_marks(node: Any) -> Any:
    if is_array(node):
        return [_without_marks(value) for value in node]
    found = as_object(node)
    if found is None:
        return node
    return {key: _without_marks(value) for key, value in found.items() if key != "x-inferred"}


def _operations(raw: Mapping[str, Any]) -> Iterator[OperationSpec]:
    for path, item in raw.get("paths", {}).items():
        item = _resolve(raw, item)
        for method in METHODS:
            if method in item:
                yield _operation(raw, path, method, item)


def _operation(
    raw: Mapping[str, Any], path: str, method: str, item: Mapping[str, Any]
) -> OperationSpec:
    node = item[method]
    pointer = f"/paths/{_escape(path)}/{method}"
    shared = [(f"/paths/{_escape(path)}", p) for p in enumerate(item.get("parameters", ()))]
    own = [(pointer, p) for p in enumerate(node.get("parameters", ()))]
    parameters = {
        (p.name, p.location): p
        for owner, (index, parameter) in shared + own
        for p in [_parameter(raw, parameter, f"{owner}/parameters/{index}")]
    }
    return OperationSpec(
        method=method.upper(),
        path=path,
        parameters=tuple(parameters.values()),
        body=_body(raw, node.get("requestBody"), f"{pointer}/requestBody"),
        responses={s: _resolve(raw, r) for s, r in node.get("responses", {}).items()},
        security=_security(raw, node),
    )


def _parameter(raw: Mapping[str, Any], node: Any, pointer: str) -> ParameterSpec:
    pointer = _target_pointer(node, pointer)
    node = _resolve(raw, node)
    return ParameterSpec(
        name=node["name"],
        location=node["in"],
        required=bool(node.get("required")),
        schema=_resolve(raw, node.get("schema", {})),
        explode=node.get("explode", node.get("style", "form") == "form"),
        pointer=f"{pointer}/schema",
    )


def _body(raw: Mapping[str, Any], node: Any, pointer: str) -> RequestBodySpec | None:
    if node is None:
        return None
    pointer = _target_pointer(node, pointer)
    node = _resolve(raw, node)
    schemas = {kind: media.get("schema", {}) for kind, media in node.get("content", {}).items()}
    return RequestBodySpec(bool(node.get("required")), schemas, f"{pointer}/content")


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
            raise DocumentError(f"the reference {reference!r} is circular or outside the document")
        seen.add(reference)
        node = raw
        for part in reference[2:].split("/"):
            try:
                node = node[part.replace("~1", "/").replace("~0", "~")]
            except (KeyError, TypeError) as error:
                raise DocumentError(
                    f"the reference {reference!r} has no target in the document"
                ) from error
    return node


def _reference(node: Any) -> str | None:
    reference = (as_object(node) or {}).get("$ref")
    return None if reference is None else str(reference)


def _target_pointer(node: Any, own_pointer: str) -> str:
    """Return the pointer to a node's target: schemas are validated in place, by pointer."""
    reference = _reference(node)
    return reference[1:] if reference else own_pointer


def _escape(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")
