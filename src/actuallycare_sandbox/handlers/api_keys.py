"""API keys of the caller: shown once, stored as hashes (reference: api-keys)."""

from __future__ import annotations

import uuid
from datetime import timedelta

from ..auth.credentials import hash_secret, new_secret, preview
from ..clock import timestamp
from ..data.query import Selection
from ..json_value import Record
from ..protocol.envelope import Outcome
from ..protocol.errors import not_found
from .context import Call

KIND = "api_keys"


def list_keys(call: Call) -> Outcome:
    """The caller's keys, masked."""
    return call.answer(call.backend.store.select(Selection(KIND, owner=call.caller.id)))


def create_key(call: Call) -> Outcome:
    """A new key; the only answer that carries the key itself."""
    key, days = new_secret(), call.fields.get("expiresInDays")
    record = {
        "id": str(uuid.uuid4()),
        "user_id": call.caller.id,
        "name": call.fields["name"],
        "key_preview": preview(key),
        "hash": hash_secret(key),
        "scopes": call.fields.get("scopes", {}),
        "is_active": True,
        "created_at": timestamp(call.now),
        "last_used_at": None,
        "expires_at": timestamp(call.now + timedelta(days=days)) if days else None,
    }
    call.backend.store.add(KIND, record, call.caller.id)
    return call.answer(record | {"key": key})


def update_scopes(call: Call) -> Outcome:
    """The key with other scopes, from the next request on."""
    record = find(call) | {"scopes": call.fields["scopes"]}
    call.backend.store.put(KIND, record)
    return call.answer(record)


def revoke_key(call: Call) -> Outcome:
    """The key stays in the list and opens nothing any more."""
    call.backend.store.put(KIND, find(call) | {"is_active": False})
    return Outcome(message="API key revoked successfully")


def delete_key(call: Call) -> Outcome:
    """The key is gone."""
    call.backend.store.remove(KIND, find(call)["id"])
    return Outcome(message="API key deleted successfully")


def find(call: Call) -> Record:
    """The caller's key that the path names.

    Raises:
        ApiError: 404, also for somebody else's.
    """
    record = call.backend.store.get(KIND, call.path["id"], call.caller.id)
    if record is None:
        raise not_found("API key")
    return record
