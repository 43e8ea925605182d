"""The initial state: accounts with every status, an example key and sample records."""

from __future__ import annotations

import hashlib
import uuid
from functools import lru_cache
from random import Random
from typing import Any

from attrs import field, frozen

from ..auth.credentials import hash_password, hash_secret, preview
from ..clock import timestamp
from ..data.store import Store
from .sampler import EPOCH, Sampler

PASSWORD = "Sandbox-Passw0rd"  # noqa: S105
"""Password of every sample account; it protects sample data only."""

ACCOUNTS = (
    ("broker", "broker", "active"),
    ("agent", "agent", "active"),
    ("agent2", "agent", "active"),
    ("admin", "system_admin", "active"),
    ("waitlisted", "agent", "waitlisted"),
    ("disabled", "agent", "disabled"),
    ("suspended", "agent", "suspended"),
)


@frozen
class ExampleCredentials:
    """Credentials that work on a fresh sandbox."""

    api_key: str = field(repr=False)
    """API key with every scope."""
    email: str
    """Login of the key's user."""
    password: str = field(repr=False)
    """Password of that login."""


def example_credentials(seed: int) -> ExampleCredentials:
    """Return the broker's key and login; the key depends on the seed."""
    key = hashlib.sha256(f"actuallycare sandbox example key {seed}".encode()).hexdigest()
    return ExampleCredentials(key, "broker@example.com", PASSWORD)


def stored_seed(store: Store, default: int) -> int:
    """Return the seed that a store was filled with; a reused data file may have another one."""
    record = store.get("server", "seed")
    return default if record is None else int(record["value"])


@lru_cache(maxsize=8)
def initial_state(records: int, seed: int) -> bytes:
    """Return a snapshot of a filled store; cached, because filling takes much longer."""
    store = Store()
    with store.transaction():
        _fill(store, records, seed)
    snapshot = store.snapshot()
    store.close()
    return snapshot


def _fill(store: Store, records: int, seed: int) -> None:
    store.add("server", {"id": "seed", "value": seed})
    random = Random(f"accounts {seed}")
    users = {name: _user(random, name, role, status) for name, role, status in ACCOUNTS}
    store.add_all("users", ((user, None) for user in users.values()))
    broker = users["broker"]["id"]
    store.add("api_keys", _key(random, example_credentials(seed).api_key, broker), broker)
    # Brokers see the records of everybody, agents their own.
    owners = [broker, users["agent"]["id"], users["agent2"]["id"]]
    sampler = Sampler(Random(f"records {seed}"), owners, [])
    for kind, record, owner in sampler.records(records):
        store.add(kind, record, owner)


def _user(random: Random, name: str, role: str, status: str) -> dict[str, Any]:
    return {
        "id": str(uuid.UUID(int=random.getrandbits(128), version=4)),
        "email": f"{name}@example.com",
        "username": name,
        "firstName": "Sample",
        "lastName": name.capitalize(),
        "role": role,
        "status": status,
        "phone": None,
        "smsConsent": False,
        "emailKind": "work",
        "createdAt": timestamp(EPOCH),
        "password_hash": hash_password(PASSWORD, salt=random.randbytes(16)),
        "failed_logins": 0,
        "locked_until": None,
    }


def _key(random: Random, key: str, owner: str) -> dict[str, Any]:
    return {
        "id": str(uuid.UUID(int=random.getrandbits(128), version=4)),
        "user_id": owner,
        "name": "Example key",
        "key_preview": preview(key),
        "hash": hash_secret(key),
        "scopes": {"all": ["read", "write"]},
        "is_active": True,
        "created_at": timestamp(EPOCH),
        "last_used_at": None,
        "expires_at": None,
    }
