"""Text of the vendor's document, as a type that cannot be printed as it is.

Source code has a function for each context: `literal`, `f_literal`, `sentence` and `name` of
`render/text.py`. Reports have those of `escaping.py`. Anything else raises TypeError, and type
checkers reject it where a `str` is expected.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

from attrs import frozen

LONGEST = 5_000
"""Characters of a text that are printed: a docstring of more helps nobody."""


@frozen(eq=False)
class DocumentText:
    """A text that the vendor wrote. It can be compared and sorted, but not printed or joined."""

    unescaped: str = ""
    """For the functions that escape, and for what is no output, such as comparing."""

    def __str__(self) -> NoReturn:
        raise TypeError("text of the document is printed by a function that escapes it")

    def __format__(self, _spec: str) -> NoReturn:
        raise TypeError("text of the document is printed by a function that escapes it")

    def __bool__(self) -> bool:
        return bool(self.unescaped)

    def __eq__(self, other: object) -> bool:
        found = other.unescaped if isinstance(other, DocumentText) else other
        return self.unescaped == found

    def __hash__(self) -> int:
        return hash(self.unescaped)

    def __lt__(self, other: DocumentText) -> bool:
        return self.unescaped < other.unescaped


NO_TEXT = DocumentText()


def document_text(text: str | DocumentText) -> DocumentText:
    """Mark a text as the document's."""
    return text if isinstance(text, DocumentText) else DocumentText(text)


def document_texts(texts: Iterable[str | DocumentText]) -> tuple[DocumentText, ...]:
    """Mark texts as the document's."""
    return tuple(document_text(text) for text in texts)


def optional_texts(
    texts: Iterable[str | DocumentText] | None,
) -> tuple[DocumentText, ...] | None:
    """Mark texts as the document's; None stays None."""
    return None if texts is None else document_texts(texts)


def document_values(
    values: Iterable[str | int | DocumentText],
) -> tuple[DocumentText | int, ...]:
    """Mark the texts among the members of an enum."""
    return tuple(v if isinstance(v, int) else document_text(v) for v in values)


def text_pairs(
    pairs: Iterable[tuple[str | DocumentText, str]],
) -> tuple[tuple[DocumentText, str], ...]:
    """Mark the first of each pair as text of the document; the second is a Python name."""
    return tuple((document_text(text), name) for text, name in pairs)
