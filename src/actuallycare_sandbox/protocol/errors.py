"""Error responses: status, stable code, message and optional details.

Source: docs.actuallycare.com/api/errors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class ApiError(Exception):
    """An error response in the documented envelope.

    Args:
        status: HTTP status.
        code: machine-readable code: SCREAMING_SNAKE_CASE, except for class names in token errors.
        message: human-readable message.
        details: problems by field (a list), or an object such as `locked_until`.
        members: other members of the error object, such as `currentVersion`.
        headers: additional response headers.
        keep_writes: commit what the request stored before the error, such as a failed login.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        details: Sequence[Mapping[str, str]] | Mapping[str, Any] | None = None,
        members: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        keep_writes: bool = False,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.details = details
        self.members = dict(members or {})
        self.headers = dict(headers or {})
        self.keep_writes = keep_writes


def invalid(details: Sequence[Mapping[str, str]]) -> ApiError:
    """Return a 400 with one entry for each invalid field."""
    return ApiError(400, "VALIDATION_ERROR", "Validation failed", details=details)


def unauthenticated(message: str) -> ApiError:
    """Return the 401 for an invalid credential; its code is a class name."""
    return ApiError(401, "UnauthorizedError", message)


def forbidden(message: str, code: str = "FORBIDDEN") -> ApiError:
    """Return a 403: the user is known and lacks the permission."""
    return ApiError(403, code, message)


def not_found(what: str) -> ApiError:
    """Return a 404 for a record."""
    return ApiError(404, "NOT_FOUND", f"{what} not found.")


def route_not_found(method: str, path: str) -> ApiError:
    """Return a 404 for a route. Its `suggestion` distinguishes it from a missing record."""
    members = {"suggestion": "Check the method and the path: see /v1/api-docs."}
    return ApiError(404, "NOT_FOUND", f"Route {method} {path} not found.", members=members)


def version_conflict(current: Any, attempted: Any) -> ApiError:
    """Return the 409 for an update of another version than the stored one."""
    return ApiError(
        409,
        "VERSION_CONFLICT",
        "The record was changed by somebody else. Get it again and repeat the change.",
        members={"currentVersion": current, "attemptedVersion": attempted},
    )


def conflict(message: str, code: str = "CONFLICT") -> ApiError:
    """Return a 409: the state of the records forbids the change."""
    return ApiError(409, code, message)
