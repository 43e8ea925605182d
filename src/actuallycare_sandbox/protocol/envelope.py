"""Build the envelope of every JSON response.

Source: docs.actuallycare.com/api/errors, /api/pagination, and each operation's own schema.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import field, frozen

from ..clock import timestamp
from ..spec.response_layout import ResponseLayout
from .errors import ApiError


@frozen
class HandlerResult:
    """The result of a handler, before it is put into the envelope."""

    data: Any = None
    """Value of `data`; None leaves it out."""
    message: str | None = None
    """Value of `message`, sent where the operation documents one."""
    meta: dict[str, Any] | None = None
    """Value of a top-level `meta`; None leaves it out."""
    top: Mapping[str, Any] = field(factory=dict[str, Any])
    """Other members beside `data`."""


def success(layout: ResponseLayout, result: HandlerResult, now: datetime) -> dict[str, Any]:
    """Return the body of a 2xx, with the envelope names that the operation documents."""
    names = layout.top or frozenset()
    body: dict[str, Any] = {"success": True}
    if result.data is not None:
        body["data"] = result.data
    if result.message is not None and "message" in names:
        body["message"] = result.message
    if result.meta is not None:
        body["meta"] = result.meta
    body.update(result.top)
    if "timestamp" in names:
        body["timestamp"] = timestamp(now)
    return body


def failure(error: ApiError, now: datetime, error_id: str | None = None) -> dict[str, Any]:
    """Return the body of an error response."""
    error_object: dict[str, Any] = {"code": error.code, "message": error.message, **error.members}
    if error.details is not None:
        error_object["details"] = error.details
    body: dict[str, Any] = {"success": False, "error": error_object}
    if error_id is not None:
        body["errorId"] = error_id
    return body | {"timestamp": timestamp(now)}


def encode(body: Any) -> bytes:
    """Encode a body as JSON; NaN and infinity are errors."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
