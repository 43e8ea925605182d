"""Text of the document in source code: one function for each context, and a type that proves it.

Templates may print nothing but `Code` (`backend` checks it). A text of the document is a
`DocumentText`, and becomes `Code` only here: as a string literal, or as a line of a docstring. An
identifier is checked. No text of the document is printed in a comment.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable
from keyword import iskeyword

from ..document_text import LONGEST, DocumentText

WIDTH = 100

RAISES = {
    400: "BadRequestError",
    401: "AuthenticationError",
    403: "PermissionDeniedError",
    404: "NotFoundError",
    409: "ConflictError",
    422: "UnprocessableError",
    423: "AccountLockedError",
    429: "RateLimitError",
}
"""Class that the run time raises for a status; a test compares it with `_core/errors.py`."""


class Code(str):
    """Source code: safe to print into a module as it is."""

    __slots__ = ()


def name(text: str) -> Code:
    """Return an identifier; ValueError when the text is none, which the names should prevent."""
    if not text.isidentifier() or iskeyword(text) or unicodedata.normalize("NFKC", text) != text:
        raise ValueError(f"{text!r} is no identifier")
    return Code(text)


def literal(value: DocumentText | str | int) -> Code:
    """Return a value as a literal; strings in double quotes, as the formatter writes them."""
    if isinstance(value, int):
        return Code(int(value))
    return Code('"' + "".join(map(_escaped, _plain(value))) + '"')


def f_literal(parts: Iterable[DocumentText | Code]) -> Code:
    """Return an f-string of texts and, as `Code`, of expressions."""
    out = [
        "{" + part + "}"
        if isinstance(part, Code)
        else "".join(map(_escaped, part.unescaped)).replace("{", "{{").replace("}", "}}")
        for part in parts
    ]
    return Code('f"' + "".join(out) + '"')


def split_labels(path: DocumentText) -> list[DocumentText]:
    """Return the parts of a path template: texts at even places, labels at odd ones."""
    return [DocumentText(part) for part in re.split(r"{([^{}]+)}", path.unescaped)]


def docstring(lines: Iterable[str], indent: int) -> Code:
    """Return a docstring with its quotes, whose lines are indented by `indent`."""
    pad = " " * indent
    found = list(lines)
    text = "\n".join(
        line if index == 0 or not line else pad + line for index, line in enumerate(found)
    )
    # Three quotes would end the docstring, and so would one in front of the closing quotes.
    text = re.sub(r'"""|"\Z', lambda m: '\\"' * len(m[0]), text.replace("\\", "\\\\"))
    closing = f"\n{pad}" if len(found) > 1 else ""
    return Code(f'"""{text}{closing}"""')


def safe_line(text: DocumentText | str) -> str:
    """Return a text as one line of visible characters, Markdown links reduced to their labels."""
    text = _plain(text)
    text = text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
    # Invisible characters could make the source read otherwise than it runs.
    seen = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    return re.sub(r"\[([^\[\]]{1,300})\]\([^()\[\]]{0,500}\)", r"\1", " ".join(seen.split()))


def sentence(text: DocumentText | str) -> str:
    """Return the text as one line with a full stop."""
    line = safe_line(text)
    return line if not line or line[-1] in ".!?:" else line + "."


def paragraph(text: str, indent: int) -> list[str]:
    """Wrap a text into lines of at most WIDTH columns, once indented."""
    return textwrap.wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)


def docstring_entry(entry: str, text: str, indent: int) -> list[str]:
    """Wrap one `name: text` of an Args or Raises section, continued lines indented."""
    return textwrap.wrap(
        f"{entry}: {text}",
        WIDTH - indent - 4,
        initial_indent="    ",
        subsequent_indent="        ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _plain(text: DocumentText | str) -> str:
    return text.unescaped if isinstance(text, DocumentText) else text


def _escaped(character: str) -> str:
    if character in '\\"':
        return "\\" + character
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        point = ord(character)
        return (
            f"\\x{point:02x}"
            if point < 256
            else (f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}")
        )
    return character
