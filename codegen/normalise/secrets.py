"""Fields that are credentials, known by their names."""

from __future__ import annotations

from ..document import Json
from ..names import words

_SECRET_WORDS = {"password", "secret", "token"}
# "token" and its like as part of a name that is not itself a credential.
_HARMLESS_LAST = {"type", "count", "limit", "expiry", "expires", "preview", "id", "url", "at", "in"}


def sounds_secret(wire: str, schema: Json) -> bool:
    """Whether a field of this name and schema is a credential."""
    if schema.get("type") != "string":
        return False
    parts = words(wire)
    if parts[-2:] == ["api", "key"]:
        return True
    return bool(_SECRET_WORDS & set(parts)) and parts[-1] not in _HARMLESS_LAST
