"""The dialect of an older back end: how its documents and bodies differ. Pure.

It is a hint of how the API may behave where the vendor's pages say nothing, see
docs/internals/contradictions.md.
"""

from __future__ import annotations

import copy
import html
from collections.abc import Mapping
from typing import Any

from ..json_value import is_array, is_object

NUMERIC = frozenset(
    {
        "bathrooms",
        "budget",
        "budget_max",
        "budget_min",
        "buyer_commission",
        "buyer_commission_percentage",
        "commission_rate",
        "earnest_money",
        "latitude",
        "list_price",
        "longitude",
        "lot_size",
        "pre_approval_amount",
        "price_per_sqft",
        "purchase_price",
        "seller_commission",
        "seller_commission_percentage",
    }
)
"""Columns of the type NUMERIC, which the PostgreSQL driver returns as text."""

WITHOUT_TIMESTAMP = ("/clients", "/contacts", "/leads")
"""Groups whose envelope has no timestamp."""

RETRY_SECONDS = (60.0, 300.0, 900.0)
"""Waits between the attempts of a webhook delivery. Any HTTP status ended them."""

TEAM_ID = "7ea00000-0000-4000-8000-000000000001"
"""The team in the bodies of webhook deliveries. All accounts of the sandbox are in it."""

_NOT_ESCAPED = frozenset(
    {"currentPassword", "email", "newPassword", "password", "refreshToken", "secret", "url"}
)
_ARCHIVABLE = ("appointments", "clients", "leads")


def extend(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document with what the older back end has and the pages do not name.

    These are routes to archive records, and the action `delete` of an API key.
    """
    paths: dict[str, Any] = dict(document.get("paths", {}))
    for resource in _ARCHIVABLE:
        read = paths.get(f"/{resource}/{{id}}", {}).get("get")
        if read is not None:
            archive = copy.deepcopy(read) | {"summary": f"Archive {resource[:-1]}"}
            paths[f"/{resource}/{{id}}/archive"] = {"put": archive}
    extended: dict[str, Any] = {**copy.deepcopy(dict(document)), "paths": paths}
    schemas: dict[str, Any] = extended.get("components", {}).get("schemas", {})
    actions: Any = schemas.get("ApiKeyScopes", {}).get("additionalProperties", {}).get("items", {})
    if "enum" in actions:
        actions["enum"] = [*actions["enum"], "delete"]
    return extended


def describe(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document that fits the bodies of this dialect."""
    described: dict[str, Any] = copy.deepcopy(dict(document))
    for schema in described.get("components", {}).get("schemas", {}).values():
        if schema.get("properties", {}).get("data") == {"type": "object"}:
            schema["properties"]["data"] = {}  # the envelope: the data of a list is an array
        for name, node in schema.get("properties", {}).items():
            if name in NUMERIC and node.get("type") in ("number", "integer"):
                schema["properties"][name] = {
                    k: node[k] for k in ("description", "nullable") if k in node
                } | {"type": "string"}
    for item in described.get("paths", {}).values():
        for operation in item.values():
            for response in operation.get("responses", {}).values():
                for media in response.get("content", {}).values():
                    media.pop("example", None)
                    _describe_list(media.get("schema", {}))
    return described


def _describe_list(schema: dict[str, Any]) -> None:
    for part in [schema, *schema.get("allOf", ())]:
        properties: dict[str, Any] = part.get("properties", {})
        inner: dict[str, Any] = properties.get("data", {}).get("properties", {})
        if "meta" in inner:
            properties["pagination"] = inner.pop("meta")
            if len(inner) == 1:
                [properties["data"]] = inner.values()


def receive(body: Any) -> Any:
    """Return a request body as it is stored: its strings are HTML-escaped."""
    if is_object(body):
        # The status of an escrow has a name of its own.
        named = {"status" if k == "escrow_status" else k: v for k, v in body.items()}
        return {k: v if k in _NOT_ESCAPED else receive(v) for k, v in named.items()}
    if is_array(body):
        return [receive(value) for value in body]
    return html.escape(body) if isinstance(body, str) else body


def succeed(operation: str, body: dict[str, Any]) -> dict[str, Any]:
    """Return the body of a 2xx as this dialect writes it; `operation` is method and path."""
    path = operation.partition(" ")[2]
    written = {name: _record(value) for name, value in body.items()}
    data: Any = written.get("data")
    if is_object(data) and "meta" in data:
        written["pagination"] = data.pop("meta")
        if len(data) == 1:
            [written["data"]] = data.values()
    if path in ("/auth/login", "/auth/register", "/auth/refresh") and is_object(data):
        written["data"] = _tokens(data, path)
    if path.startswith(WITHOUT_TIMESTAMP):
        written.pop("timestamp", None)
    return written


def cookies(operation: str, body: Mapping[str, Any]) -> dict[str, str]:
    """Return the cookies of a response: the refresh token of a login or a refresh."""
    data: Any = body.get("data")
    if operation.partition(" ")[2].startswith("/auth/") and is_object(data):
        token = data.get("refreshToken")
        return {"refreshToken": token} if isinstance(token, str) else {}
    return {}


def fail(body: dict[str, Any]) -> dict[str, Any]:
    """Return the body of an error: its id and facts are inside `error`."""
    written = dict(body)
    error: dict[str, Any] = dict(written["error"])
    details = error.get("details")
    if is_object(details):
        error = {k: v for k, v in error.items() if k != "details"} | details
    if "errorId" in written:
        error["errorId"] = written.pop("errorId")
    return written | {"error": error}


def deliver(body: dict[str, Any]) -> dict[str, Any]:
    """Return the body of a webhook delivery."""
    return {**_record(body), "team_id": TEAM_ID}


def _tokens(data: dict[str, Any], path: str) -> dict[str, Any]:
    """Return tokens; a refresh sends the rotated refresh token in the cookie alone."""
    minutes = f"{data['expiresIn'] // 60}m" if data["expiresIn"] >= 60 else f"{data['expiresIn']}s"
    written = data | {"accessToken": data["token"], "expiresIn": minutes}
    if path == "/auth/refresh":
        del written["token"], written["refreshToken"]
        return written | {"refreshTokenExpiresIn": "30d"}
    return written | {"tokenType": "Bearer"} if path == "/auth/login" else written


def _record(value: Any) -> Any:
    if is_array(value):
        return [_record(item) for item in value]
    if not is_object(value):
        return value
    written = {name: _column(name, _record(inner)) for name, inner in value.items()}
    if "display_id" in written and "property_address" in written:  # an escrow
        written["id"] = written["display_id"]
        written["escrow_status"] = written.pop("status")
    return written


def _column(name: str, value: Any) -> Any:
    if name in NUMERIC and isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{value:.2f}"
    return value
