"""Text of the document in logs, errors and reports: visible, on one line, without markup. Pure.

A log of GitHub Actions takes a line that begins with `::` or `##[` for a command
(https://docs.github.com/actions/reference/workflow-commands-for-github-actions), and a pull request
renders Markdown, where a text can mention people, close issues, load images and hide things.
Source code has its own escaping, in `render/text.py`.
"""

from __future__ import annotations

import re
import reprlib
import unicodedata
from typing import Final

from .document_text import DocumentText

INVISIBLE: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Unicode categories without a visible form: controls, bidirectional marks, half characters."""

# Markup, mentions, references to issues, addresses: everything that Markdown or GitHub makes
# active. A backslash does not stop GitHub's mentions and references; a code span does.
_ACTIVE = re.compile(r"[@#<>*_~|\\\[\]!&`$]|://|www\.|GH-\d|[0-9a-f]{7,}")
# The part of `_ACTIVE` that our messages never contain: an error may be pasted into an issue.
_LIVE = re.compile(r"@\w|<[\w/!]|\]\(|#\d|GH-\d")
_SHOWN = reprlib.Repr()
_SHOWN.maxstring = _SHOWN.maxother = 120
_OUR_SPANS = re.compile(r"`[\w./ {}=\[\]-]{1,80}`")


def escape_character(character: str) -> str:
    """Return a character as it is, or as an escape of Python when it cannot be seen."""
    if unicodedata.category(character) not in INVISIBLE:
        return character
    point = ord(character)
    if point < 0x100:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


def excerpt(value: object, longest: int = 80) -> str:
    """Return the beginning of a value as Python shows it, without reading all of a large one."""
    return _SHOWN.repr(value)[:longest]


def one_line(text: DocumentText | str, longest: int = 500) -> str:
    """Return a text as one line of visible characters; a long one is cut."""
    text = text.unescaped if isinstance(text, DocumentText) else text
    cut = text if len(text) <= longest else f"{text[:longest]}…"
    shown = "".join(map(escape_character, " ".join(cut.split())))
    if shown.startswith(("::", "##[")):
        return f"\\x{ord(shown[0]):02x}{shown[1:]}"
    return shown


def log_text(text: str, longest: int = 500) -> str:
    """Return a text for a log: `one_line`, in a code span when it has mentions, links or HTML."""
    line = one_line(text, longest)
    return code_span(line, longest + 1) if _LIVE.search(line) else line


def code_span(text: DocumentText | str, longest: int = 500) -> str:
    """Return a text as a code span of Markdown, in which nothing is active."""
    return f"`{one_line(text, longest).replace('`', chr(0x2019))}`"


def prose(text: DocumentText | str, longest: int = 500) -> str:
    """Return a sentence for Markdown: as it is when nothing in it is active, else a code span."""
    line = one_line(text, longest)
    return line if not _ACTIVE.search(_OUR_SPANS.sub("", line)) else code_span(line, longest)
