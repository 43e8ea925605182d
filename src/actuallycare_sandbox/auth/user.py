"""The authenticated user and their permissions. Pure; `authentication` does the look-ups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from ..protocol.errors import ApiError, forbidden
from ..spec.document import OperationSpec
from ..spec.undocumented_rules import MANAGES_WEBHOOKS, SEES_EVERYTHING

Scopes = Mapping[str, Sequence[str]]


@frozen
class AuthenticatedUser:
    """The user who sent a request, and the permissions of their credential."""

    account: Mapping[str, Any]
    """The stored account."""
    scopes: Scopes | None = None
    """Scopes of the API key; None for a token, which has all permissions of its user."""
    session: str | None = None
    """Id of the token's session; None for an API key."""

    @property
    def id(self) -> str:
        """The id of the account."""
        return str(self.account["id"])

    @property
    def visible_owner(self) -> str | None:
        """The owner whose records are visible; None for the records of everybody."""
        return None if self.account["role"] in SEES_EVERYTHING else self.id


def account_problem(account: Mapping[str, Any], path: str) -> ApiError | None:
    """Return the error for an account whose status forbids this path, otherwise None."""
    match account["status"]:
        case "disabled":
            return ApiError(401, "ACCOUNT_DISABLED", "This account has been disabled")
        case "suspended":
            return forbidden("This account is suspended", "ACCOUNT_SUSPENDED")
        case "waitlisted" if not path.startswith("/auth/"):
            return forbidden("This account is not approved yet", "ACCOUNT_NOT_ACTIVE")
        case _:
            return None


def permission_problem(user: AuthenticatedUser, operation: OperationSpec) -> ApiError | None:
    """Return the 403 for an operation that the user may not call, otherwise None."""
    resource = operation.path.split("/")[1]
    if resource == "webhooks" and user.account["role"] not in MANAGES_WEBHOOKS:
        return forbidden("Webhooks need the broker or system admin role")
    action = "read" if operation.method in ("GET", "HEAD") else "write"
    if user.scopes is not None and not allows(user.scopes, resource, action):
        return forbidden(f"The API key lacks the scope {resource}:{action}")
    return None


def allows(scopes: Scopes, resource: str, action: str) -> bool:
    """Whether scopes include the action for the resource, or for `all`."""
    return any(action in scopes.get(name, ()) for name in (resource, "all"))
