"""The committed list of fallbacks: a new one shows up in review. Pure."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from typing import Any

from .findings import Finding

_HEAD = """\
# Where the SDK is poorer than the API, because of the document. Written by `python -m codegen
# generate`; `python -m codegen check` fails when it is not current. Each entry names its place, the
# kind of fallback, and the reason. Correct the document in overlay.toml, or accept the entry here.
"""


def fallbacks_toml(fallbacks: Sequence[Finding]) -> str:
    """Return the text of `fallbacks.toml`."""
    entries = [
        "\n[[fallback]]\n"
        f"at = {_text(f.place)}\n"
        f"kind = {_text(f.kind)}\n"
        f"reason = {_text(f.reason)}\n"
        for f in sorted(fallbacks, key=lambda f: (f.place, f.kind, f.reason))
    ]
    return _HEAD + "".join(entries)


def fallback_differences(committed: str, fallbacks: Sequence[Finding]) -> list[str]:
    """Return where the committed list is not current, a line each."""
    try:
        listed: list[dict[str, Any]] = tomllib.loads(committed).get("fallback", [])
    except tomllib.TOMLDecodeError as error:
        return [f"codegen/fallbacks.toml is not TOML: {error}"]
    before = {(e.get("at"), e.get("kind"), e.get("reason")) for e in listed}
    now = {(f.place, f.kind, f.reason) for f in fallbacks}
    out = [f"new fallback: {at}: {reason}" for at, _, reason in sorted(now - before, key=str)]
    out += [f"no fallback any more: {at}: {why}" for at, _, why in sorted(before - now, key=str)]
    return out


def _text(text: str) -> str:
    # JSON's escapes are those of a basic string of TOML; ASCII keeps invisible characters visible.
    return json.dumps(text, ensure_ascii=not text.isprintable()).replace("\x7f", "\\u007f")
