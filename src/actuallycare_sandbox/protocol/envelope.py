"""The envelope of every JSON response.

Source: docs.actuallycare.com/api/errors, /api/pagination, and each operation's own schema.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..clock import timestamp
from ..spec.response_layout import Shape
from .errors import ApiError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a handler answers.

    Attributes:
        data: the value of `data`, as it goes out; None: there is no `data`.
        message: the value of `message`, where the operation documents one.
        meta: the value of a top-level `meta`.
    """

    data: Any = None
    message: str | None = None
    meta: dict[str, Any] | None = None


def success(shape: Shape, outcome: Outcome, now: datetime) -> dict[str, Any]:
    """The body of a 2xx, with those of the envelope's names that the operation documents."""
    names = shape.top or frozenset()
    body: dict[str, Any] = {"success": True}
    if outcome.data is not None:
        body["data"] = outcome.data
    if outcome.message is not None and "message" in names:
        body["message"] = outcome.message
    if outcome.meta is not None:
        body["meta"] = outcome.meta
    if "timestamp" in names:
        body["timestamp"] = timestamp(now)
    return body


def failure(error: ApiError, now: datetime, error_id: str | None = None) -> dict[str, Any]:
    """The body of a refusal."""
    described: dict[str, Any] = {"code": error.code, "message": error.message}
    if error.details is not None:
        described["details"] = error.details
    body: dict[str, Any] = {"success": False, "error": described}
    if error_id is not None:
        body["errorId"] = error_id
    return body | {"timestamp": timestamp(now)}


def encode(body: Any) -> bytes:
    """JSON as it goes over the wire; a non-number never does."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
