"""OpenAPI documents as values: load, print canonically, walk, resolve. No I/O."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypeGuard
from urllib.parse import unquote

Json = dict[str, Any]

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def is_object(value: Any) -> TypeGuard[Json]:
    """Whether a part of a document is an object."""
    return isinstance(value, dict)


def is_array(value: Any) -> TypeGuard[list[Any]]:
    """Whether a part of a document is an array."""
    return isinstance(value, list)


def as_object(value: Any) -> Json:
    """A part of a document that should be an object; empty when it is none."""
    return value if is_object(value) else {}


def as_array(value: Any) -> list[Any]:
    """A part of a document that should be an array; empty when it is none."""
    return value if is_array(value) else []


def is_true(value: Any) -> bool:
    """Whether a flag is set; some back ends write it as a text."""
    return value is True or value == "true"


def as_text(value: Any) -> str:
    """A part of a document that should be a text; empty when it is none."""
    return value if isinstance(value, str) else ""


_FIRST: dict[tuple[str, ...], tuple[str, ...]] = {
    (): ("openapi", "info", "servers", "components"),
    ("components",): ("securitySchemes", "responses"),
    ("components", "securitySchemes"): ("bearerAuth",),
    ("components", "responses"): ("UnauthorizedError", "NotFoundError"),
}
"""Keys that come first, by their place in the document, as in the vendor's own. The others follow
in alphabetical order, so that a pull that only reorders keys changes nothing."""


def dumps(document: Json) -> str:
    """The canonical text of a document: keys in a fixed order, two spaces, a newline at the end."""
    return json.dumps(_ordered(document, ()), indent=2, ensure_ascii=False) + "\n"


def _ordered(node: Any, place: tuple[str, ...]) -> Any:
    if is_array(node):
        return [_ordered(value, ("[]",)) for value in node]
    if not is_object(node):
        return node
    first = [key for key in _FIRST.get(place, ()) if key in node]
    rest = sorted(node.keys() - set(first))
    return {key: _ordered(node[key], (*place, key)[:3]) for key in [*first, *rest]}


def iter_operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    """(path, method, operation) of each operation, in the order of path and method."""
    paths = as_object(document.get("paths"))
    for path in sorted(paths):
        item = as_object(paths[path])
        for method in METHODS:
            if is_object(item.get(method)):
                yield path, method, item[method]


def resolve(document: Json, reference: str) -> Any:
    """The target of a local reference (RFC 6901); LookupError when there is none."""
    if not reference.startswith("#/"):
        raise LookupError(f"{reference!r} is not in this document")
    value: Any = document
    # A reference is a URI, so its fragment may be percent-encoded (RFC 6901 section 6).
    for part in reference[2:].split("/"):
        key = unquote(part).replace("~1", "/").replace("~0", "~")
        if is_array(value) and key.isdecimal() and int(key[:9]) < len(value):
            value = value[int(key[:9])]
        elif is_object(value) and key in value:
            value = value[key]
        else:
            raise LookupError(f"{reference!r} points to nothing")
    return value


def operation_place(method: str, path: str) -> str:
    """How an operation is named in messages and in the lock: `GET /listings/{id}`."""
    return f"{method.upper()} {path}"
