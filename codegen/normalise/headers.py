"""Headers that no argument sets: the SDK's own, those that frame a message, and credentials."""

from __future__ import annotations

import re
from typing import Literal

from ..names import words
from .secrets import sounds_secret

# RFC 9110 (section 7.6 for the hop-by-hop ones), and those that the SDK computes. Proxies and
# servers take `Content_Length` for `Content-Length`, so both are compared.
_OWN = re.compile(
    r"host|accept|user-agent|content-(?:type|length|encoding|transfer-encoding)|transfer-encoding|"
    r"connection|keep-alive|te|trailer|upgrade|expect|(?:x-)?api-key|authorization|"
    r"proxy-.*|x-forwarded-.*|forwarded|x-http-method(?:-override)?|x-original-url|x-rewrite-url"
)
_CREDENTIAL_WORDS = {"authorization", "authentication", "auth", "credential", "credentials",
                     "cookie", "cookie2", "session", "jwt", "bearer", "apikey"}  # fmt: skip
_NO_CREDENTIALS = {"csrf", "xsrf", "page", "continuation", "next", "sync", "idempotency"}
"""Words that say that a token is not a credential."""


def forbidden_header(name: str) -> Literal["own", "credential"] | None:
    """Return why a header cannot be an argument; None when it can."""
    if _OWN.fullmatch(name.lower().replace("_", "-")):
        return "own"
    parts = set(words(name))
    if parts & _CREDENTIAL_WORDS:
        return "credential"
    if sounds_secret(name, {"type": "string"}) and not parts & _NO_CREDENTIALS:
        return "credential"
    return None
