"""Build HTTP responses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from ..backend import Backend
from ..protocol.envelope import encode, failure
from ..protocol.errors import ApiError


def json_response(body: Any, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """Return a JSON response."""
    return Response(encode(body), status, headers, media_type="application/json")


def error_response(backend: Backend, error: ApiError) -> Response:
    """Return the response for an `ApiError`."""
    return _error(backend, failure(error, backend.clock.now()), error)


def internal_error(backend: Backend, error_id: str) -> Response:
    """Return a 500 for a defect of the sandbox; the traceback is only in the log."""
    error = ApiError(500, "INTERNAL_ERROR", "Internal server error")
    return _error(backend, failure(error, backend.clock.now(), error_id), error)


def _error(backend: Backend, body: dict[str, Any], error: ApiError) -> Response:
    return json_response(backend.dialect.fail(body), error.status, error.headers)
