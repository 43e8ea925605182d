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
from ..json_value import is_array, is_object

REDACTED = "[redacted]"
_WORDS = r"passw|pwd|secret|token|credential|authori[sz]ation|cookie|api[-_]?key|otp\b|\bpin\b"
_NAMES = re.compile(rf"{_WORDS}|^key$", re.IGNORECASE)
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
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        if _FORM.fullmatch(text):
            return redact_query(text)
        return None if _IN_TEXT.search(text) else text
    redacted = _redact_json(value)
    return text if redacted == value else json.dumps(redacted)


def _redact_pair(pair: str) -> str:
    name, is_pair, _ = pair.partition("=")
    return f"{name}={REDACTED}" if is_pair and _NAMES.search(unquote_plus(name)) else pair


def _redact_json(value: Any) -> Any:
    if is_array(value):
        return [_redact_json(item) for item in value]
    if is_object(value):
        return {
            name: REDACTED if item is not None and _NAMES.search(name) else _redact_json(item)
            for name, item in value.items()
        }
    return value
