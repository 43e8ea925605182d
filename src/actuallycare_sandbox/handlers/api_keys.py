"""API keys of the user: shown once, stored as hashes (reference: api-keys)."""

from __future__ import annotations

import uuid
from datetime import timedelta

from ..auth.credentials import hash_secret, new_secret, preview
from ..clock import timestamp
from ..data.query import Selection
from ..json_value import Record
from ..protocol.envelope import HandlerResult
from ..protocol.errors import not_found
from .context import RequestContext

KIND = "api_keys"


def list_keys(context: RequestContext) -> HandlerResult:
    """List the user's keys, masked."""
    return context.result(context.backend.store.select(Selection(KIND, owner=context.caller.id)))


def create_key(context: RequestContext) -> HandlerResult:
    """Create a key; only this response contains the key itself."""
    key = new_secret()
    days = context.fields.get("expiresInDays")
    record = {
        "id": str(uuid.uuid4()),
        "user_id": context.caller.id,
        "name": context.fields["name"],
        "key_preview": preview(key),
        "hash": hash_secret(key),
        "scopes": context.fields.get("scopes", {}),
        "is_active": True,
        "created_at": timestamp(context.now),
        "last_used_at": None,
        "expires_at": timestamp(context.now + timedelta(days=days)) if days else None,
    }
    context.backend.store.add(KIND, record, context.caller.id)
    return context.result(record | {"key": key})


def update_scopes(context: RequestContext) -> HandlerResult:
    """Replace the scopes of a key."""
    record = find(context) | {"scopes": context.fields["scopes"]}
    context.backend.store.put(KIND, record)
    return context.result(record)


def revoke_key(context: RequestContext) -> HandlerResult:
    """Deactivate a key; it stays in the list."""
    context.backend.store.put(KIND, find(context) | {"is_active": False})
    return HandlerResult(message="API key revoked successfully")


def delete_key(context: RequestContext) -> HandlerResult:
    """Delete a key."""
    context.backend.store.remove(KIND, find(context)["id"])
    return HandlerResult(message="API key deleted successfully")


def find(context: RequestContext) -> Record:
    """Return the user's key that the path names.

    Raises:
        ApiError: 404, also for the key of another user.
    """
    record = context.backend.store.get(KIND, context.path["id"], context.caller.id)
    if record is None:
        raise not_found("API key")
    return record
