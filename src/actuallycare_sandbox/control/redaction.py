"""Redact credentials in recorded requests. Pure.

A field contains a credential when its name says so, whatever the operation: a newer document has
operations and fields that this version does not know.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote_plus

from ..auth.credentials import preview

REDACTED = "[redacted]"
_WORDS = (
    r"passw|passphrase|pwd|secret|token|credential|authori[sz]ation|cookie|bearer|\bjwt\b|session"
    r"|(?:api|private|signing|access)[-_]?key|otp\b|\bpin\b"
)
_NAMES = re.compile(rf"{_WORDS}|^key$|^auth$", re.IGNORECASE)
_NAMING = frozenset({"name", "field", "path", "key", "param"})
"""Members of an object whose `value` is that of the field which they name, as in a JSON patch."""
_IN_TEXT = re.compile(rf"{_WORDS}|\bkey\b|\0", re.IGNORECASE)
_FORM = re.compile(r"[^\s&=]+=[^\s&]*(?:&[^\s&]*)*")


def redact_headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Decode headers and shorten credentials to a preview."""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in raw}
    return {
        name: preview(value) if _NAMES.search(name) else value for name, value in headers.items()
    }


def redact_query(query: str) -> str:
    """Redact the credentials in a query string or a form; the rest stays as received."""
    return "&".join(map(_redact_pair, query.split("&")))


def redact_body(text: str) -> str | None:
    """Redact the credentials in JSON or a form; the rest stays as received.

    Return None for another format that mentions a credential.
    """
    is_redacted = False

    def read(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal is_redacted
        redacted = [(name, _redact_member(name, value, pairs)) for name, value in pairs]
        # The pairs, because a repeated name hides an earlier value.
        is_redacted = is_redacted or redacted != pairs
        return dict(redacted)

    try:
        value = json.loads(text, object_pairs_hook=read)
    except (ValueError, RecursionError):
        if _FORM.fullmatch(text):
            return redact_query(text)
        return None if _IN_TEXT.search(text) else text
    return json.dumps(value) if is_redacted else text


def _redact_pair(pair: str) -> str:
    name, is_pair, _ = pair.partition("=")
    return f"{name}={REDACTED}" if is_pair and _NAMES.search(unquote_plus(name)) else pair


def _redact_member(name: str, value: Any, pairs: list[tuple[str, Any]]) -> Any:
    named = "" if name != "value" else " ".join(str(v) for n, v in pairs if n in _NAMING)
    return REDACTED if value is not None and _NAMES.search(named or name) else value
