"""What the API refuses with: a status, a stable code, a sentence, and perhaps details.

Source: docs.actuallycare.com/api/errors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class ApiError(Exception):
    """A refusal in the documented envelope.

    Args:
        status: the HTTP status.
        code: machine-readable; SCREAMING_SNAKE_CASE, but class-style at the token layer.
        message: for people.
        details: per-field problems (a list), or an object such as `locked_until`.
        headers: more response headers.
        keep_writes: what the request stored before it was refused stays (a counted failed login).
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        details: Sequence[Mapping[str, str]] | Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        keep_writes: bool = False,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.details = details
        self.headers = dict(headers or {})
        self.keep_writes = keep_writes


def invalid(details: Sequence[Mapping[str, str]]) -> ApiError:
    """400 with one entry for each field that is wrong."""
    return ApiError(400, "VALIDATION_ERROR", "Validation failed", details=details)


def unauthenticated(message: str) -> ApiError:
    """401 of the token layer, which still answers with a class-style code."""
    return ApiError(401, "UnauthorizedError", message)


def forbidden(message: str, code: str = "FORBIDDEN") -> ApiError:
    """403: who asks is known, and may not."""
    return ApiError(403, code, message)


def not_found(what: str) -> ApiError:
    """404 for a record or a route."""
    return ApiError(404, "NOT_FOUND", f"{what} not found.")


def conflict(message: str, code: str = "CONFLICT") -> ApiError:
    """409: the state of the records does not allow it."""
    return ApiError(409, code, message)
