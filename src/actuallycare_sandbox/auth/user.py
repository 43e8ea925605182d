"""Who asks, and what they may do. Decisions are pure; looking a credential up is `sign_in`'s."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..protocol.errors import ApiError, forbidden
from ..spec.document import Operation
from ..spec.undocumented_rules import MANAGES_WEBHOOKS, SEES_EVERYTHING

Scopes = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Principal:
    """The user behind a request.

    Attributes:
        user: the stored account.
        scopes: what the key may do; None: a token was used, which may do what its user may.
        session: the session of the token.
    """

    user: Mapping[str, Any]
    scopes: Scopes | None = None
    session: str | None = None

    @property
    def id(self) -> str:
        """The user's id."""
        return str(self.user["id"])

    @property
    def visible_owner(self) -> str | None:
        """Whose records are visible; None: everybody's."""
        return None if self.user["role"] in SEES_EVERYTHING else self.id


def account_problem(user: Mapping[str, Any], path: str) -> ApiError | None:
    """Why an account in this state may not go to this path, if it may not."""
    match user["status"]:
        case "disabled":
            return ApiError(401, "ACCOUNT_DISABLED", "This account has been disabled")
        case "suspended":
            return forbidden("This account is suspended", "ACCOUNT_SUSPENDED")
        case "waitlisted" if not path.startswith("/auth/"):
            return forbidden("This account is not approved yet", "ACCOUNT_NOT_ACTIVE")
        case _:
            return None


def permission_problem(principal: Principal, operation: Operation) -> ApiError | None:
    """Why this principal may not call this operation, if it may not."""
    resource = operation.path.split("/")[1]
    if resource == "webhooks" and principal.user["role"] not in MANAGES_WEBHOOKS:
        return forbidden("Webhooks need the broker or system admin role")
    action = "read" if operation.method in ("GET", "HEAD") else "write"
    if principal.scopes is not None and not allows(principal.scopes, resource, action):
        return forbidden(f"The API key lacks the scope {resource}:{action}")
    return None


def allows(scopes: Scopes, resource: str, action: str) -> bool:
    """Whether scopes name the action for the resource, or for `all`."""
    return any(action in scopes.get(name, ()) for name in (resource, "all"))
