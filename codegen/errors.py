"""The errors of code generation: place and reason of each problem."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from .escaping import log_text

_MOST = 50
"""Problems that are printed: more help nobody, and the document decides how many there are."""


@frozen
class Problem:
    """One thing that has to change before anything is written."""

    place: str
    """Where in the document, such as `GET /listings/{id} → responses.200`."""
    reason: str
    """What is wrong there, and what to do."""
    entry: str = ""
    """Lines of our own to paste somewhere, printed as they are."""

    def __str__(self) -> str:
        shown = f"{log_text(self.place)}: {log_text(self.reason, 1_000)}"
        return f"{shown}\n\n{self.entry}" if self.entry else shown


class CodegenError(Exception):
    """Nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(dict.fromkeys(problems))
        count = len(self.problems)
        head = f"rejected: {count} {'problem' if count == 1 else 'problems'}"
        lines = [f"  {problem}" for problem in self.problems[:_MOST]]
        if count > _MOST:
            lines.append(f"  … and {count - _MOST} more")
        super().__init__("\n".join([head, *lines]))


class UnsupportedDocument(CodegenError):
    """The document as a whole gives no SDK, or not the one that was asked for."""
