"""Operations that the dialect `older` serves in another way than the published one."""

from __future__ import annotations

from collections.abc import Mapping

from ..data.query import where
from ..protocol.envelope import HandlerResult
from ..protocol.errors import ApiError, conflict
from ..spec.response_layout import collection
from . import crud
from .context import Handler, RequestContext


def create_client(context: RequestContext) -> HandlerResult:
    """Create a client; an email address belongs to one client."""
    email = context.fields.get("email")
    if email and context.backend.store.first(
        context.visible("clients").where(where("email", email))
    ):
        raise conflict("A client with this email exists already", "DUPLICATE_EMAIL")
    return crud.create(context)


def delete_archived(context: RequestContext) -> HandlerResult:
    """Delete a record that was archived before."""
    record = crud.find(context)
    if not record.get("is_archived"):
        kind = collection(context.operation.path).removesuffix("s")
        raise ApiError(400, "NOT_ARCHIVED", f"The {kind} must be archived before it is deleted")
    return crud.delete(context)


OLDER_HANDLERS: Mapping[str, Handler] = {
    "POST /clients": create_client,
    "DELETE /appointments/{id}": delete_archived,
    "DELETE /escrows/{id}": delete_archived,
    "DELETE /leads/{id}": delete_archived,
}
"""Take precedence over `registry.HANDLERS`."""
