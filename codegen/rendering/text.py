"""Text of the document as docstrings: escaped, wrapped, never able to become code."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable

from openapi_python_client.schema.untrusted_string import UntrustedString
from openapi_python_client.strings import safe_for_docstring

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
"""Class that the run time raises for a status; a test holds it against `_core/errors.py`."""


def plain(text: UntrustedString | str | None) -> str:
    """Text of the document as one safe line, Markdown links reduced to their labels."""
    if text is None:
        return ""
    raw = text.get_untrusted_value() if isinstance(text, UntrustedString) else text
    # Invisible characters could make the source read otherwise than it runs.
    seen = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in raw)
    line = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", " ".join(seen.split()))
    # A quote at the very end would run into the closing quotes of the docstring. It goes before
    # the escaping, which it would otherwise leave cut in half.
    return safe_for_docstring(line.rstrip('"'))


def sentence(text: UntrustedString | str | None) -> str:
    """The text with a full stop."""
    line = plain(text)
    return line if not line or line[-1] in ".!?:" else line + "."


def paragraph(text: str, indent: int) -> list[str]:
    """Lines of at most WIDTH columns, once indented."""
    return textwrap.wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)


def entry(name: str, text: str, indent: int) -> list[str]:
    """One `name: text` of an Args or Raises section, continued lines indented."""
    return textwrap.wrap(
        f"{name}: {text}",
        WIDTH - indent - 4,
        initial_indent="    ",
        subsequent_indent="        ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def raises(statuses: Iterable[int]) -> str:
    """The documented error statuses as the classes that are raised for them."""
    classes = [f"{RAISES[s]} ({s})" for s in sorted(statuses) if s in RAISES]
    return ", ".join([*classes, "and what every call raises"])


def indented(lines: Iterable[str], indent: int) -> str:
    """Lines joined for a docstring whose first line is already in place."""
    pad = " " * indent
    return "\n".join(
        line if index == 0 or not line else pad + line for index, line in enumerate(lines)
    )
