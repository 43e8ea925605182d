"""What code generation cannot carry, told with place and reason."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager

from attrs import frozen


@frozen
class Problem:
    """One thing that would be lost or wrong."""

    place: str
    """Where in the document, such as `GET /listings/{id} → responses.200`."""
    reason: str
    """What is wrong there, and what to do."""

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


class Refused(Exception):
    """Nothing was written: the document, or the overlay, has to change first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(dict.fromkeys(problems))
        count = len(self.problems)
        head = f"refused: {count} {'problem' if count == 1 else 'problems'}"
        super().__init__("\n".join([head, *(f"  {problem}" for problem in self.problems)]))


@contextmanager
def within(place: str) -> Generator[None, None, None]:
    """Say where a refusal of a part belongs."""
    try:
        yield
    except Refused as refused:
        raise Refused(Problem(f"{place} → {p.place}", p.reason) for p in refused.problems) from None
