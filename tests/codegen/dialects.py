"""The same API in other words: documents that the vendor may serve instead of openapi.json.

The vendor's pages say more than its document may, and an older public version of the back end wrote
its lists otherwise. The SDK must come out the same.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

GROUPS = ("listings", "clients", "leads", "appointments")
"""Groups whose operations that back end described by sentences."""


def without_schemas(document: Json, groups: tuple[str, ...] = GROUPS) -> Json:
    """Remove every response schema and request body of `groups`; descriptions stay."""
    changed = copy.deepcopy(document)
    for _, path, operation in _operations(changed):
        if path.split("/")[1] not in groups:
            continue
        operation.pop("requestBody", None)
        for status, response in operation["responses"].items():
            whole = _resolve(changed, response)
            operation["responses"][status] = {"description": whole["description"]}
    return changed


def older_dialect(document: Json) -> Json:
    """`without_schemas`, with operationIds, bearer before key, and `pagination` beside `data`.

    Lists keep a schema: without one, nothing would say where `pagination` is.
    """
    changed = without_schemas(document)
    schemes = changed["components"]["securitySchemes"]
    changed["components"]["securitySchemes"] = dict(sorted(schemes.items(), reverse=True))
    for method, path, operation in _operations(changed):
        operation["operationId"] = operation_id(method, path)
        operation["security"] = sorted(operation.get("security", []), key=_bearer_first)
        success = _resolve(document, document["paths"][path][method]["responses"].get("200", {}))
        schema = success.get("content", {}).get("application/json", {}).get("schema", {})
        if items := _paged_items(_members(document, schema)):
            operation["responses"]["200"] = _list_response(success["description"], items)
    return changed


def operation_id(method: str, path: str) -> str:
    """A name as annotations have it: `listListings`, `getListingById`, `createLeadConvert`."""
    parts = [_camel(part) for part in path.strip("/").split("/") if not part.startswith("{")]
    by_id = path.endswith("}")
    verbs = {"get": "get" if by_id else "list", "post": "create", "put": "update"}
    verb = verbs.get(method, method)
    group, *rest = parts
    one = group.removesuffix("s") if "{" in path or method == "post" else group
    return f"{verb}{one}{''.join(rest)}{'ById' if by_id and method == 'get' else ''}"


def _operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield method, path, operation


def _resolve(document: Json, node: Any) -> Any:
    while "$ref" in node:
        target: Any = document
        for key in node["$ref"].removeprefix("#/").split("/"):
            target = target[key]
        node = target
    return node


def _bearer_first(alternative: Json) -> bool:
    return "bearerAuth" not in alternative


def _members(document: Json, schema: Json) -> Json:
    """The properties of an object schema, with references and `allOf` followed."""
    schema = _resolve(document, schema)
    members: Json = dict(schema.get("properties", {}))
    for part in schema.get("allOf", []):
        members |= _members(document, part)
    return members


def _paged_items(members: Json) -> Json | None:
    """The schema of an item, where `data` has `meta` beside the array."""
    data = members.get("data", {}).get("properties", {})
    if "meta" not in data:
        return None
    arrays = [member["items"] for member in data.values() if member.get("type") == "array"]
    (items,) = arrays
    return items


def _list_response(description: str, items: Json) -> Json:
    facts = {name: {"type": "integer"} for name in ("page", "limit", "total", "pages")}
    properties = {
        "success": {"type": "boolean"},
        "data": {"type": "array", "items": items},
        "pagination": {"type": "object", "properties": facts},
    }
    schema = {"type": "object", "properties": properties}
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _camel(part: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[-_]", part))
