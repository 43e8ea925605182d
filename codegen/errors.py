"""The errors of code generation: place and reason of each problem."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen


@frozen
class Problem:
    """One thing that has to change before anything is written."""

    place: str
    """Where in the document, such as `GET /listings/{id} → responses.200`."""
    reason: str
    """What is wrong there, and what to do."""

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


class CodegenError(Exception):
    """Nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(dict.fromkeys(problems))
        count = len(self.problems)
        head = f"rejected: {count} {'problem' if count == 1 else 'problems'}"
        super().__init__("\n".join([head, *(f"  {problem}" for problem in self.problems)]))


class UnsupportedDocument(CodegenError):
    """The document as a whole gives no SDK, or not the one that was asked for."""
