"""Media types of bodies."""

from __future__ import annotations

import re
from typing import Any

from ..document import is_object

_MOST = 100
"""Media types of one body: a body with thousands may be shared by a thousand operations."""


def bare_media_types(content: Any) -> dict[str, Any]:
    """Media types by their bare names, parameters such as charset taken off."""
    if not is_object(content) or len(content) > _MOST:
        return {}
    named = {str(name).split(";")[0].strip().lower(): media for name, media in content.items()}
    return {name: media for name, media in named.items() if is_media_type(name)}


def is_media_type(name: str) -> bool:
    """Whether a text can be sent as a media type (RFC 6838 section 4.2)."""
    return bool(re.fullmatch(r"[a-z0-9*][a-z0-9!#$&^_.+*-]*/[a-z0-9*][a-z0-9!#$&^_.+*-]*", name))


def is_json(name: str) -> bool:
    """Whether a media type is JSON (RFC 6839 for the suffix)."""
    return name in ("application/json", "text/json") or name.endswith("+json")
