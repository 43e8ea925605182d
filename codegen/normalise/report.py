"""What normalising found: what must come out again, and what was left out knowingly."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import define, field

from ..refusal import Problem, Refused


@define
class Report:
    """Collected over all passes."""

    expected: dict[str, dict[str, list[str]]] = field(factory=dict[str, dict[str, list[str]]])
    """`operations`, `models` and `enums`, each with the names of its parts."""
    ignored: list[tuple[str, str]] = field(factory=list[tuple[str, str]])
    """(place, what) of each thing that the SDK leaves out on purpose."""
    problems: list[Problem] = field(factory=list[Problem])

    def refuse(self, place: str, reason: str) -> None:
        """Note something that cannot be carried; raised together at the end of the pass."""
        self.problems.append(Problem(place, reason))

    def ignore(self, place: str, what: str) -> None:
        """Note something that is left out on purpose."""
        self.ignored.append((place, what))

    def check(self) -> None:
        """Raise `Refused` when anything was refused so far."""
        if self.problems:
            raise Refused(sorted(set(self.problems), key=str))

    def relocate(self, places: Mapping[str, str]) -> None:
        """Say of classes that were made of something inline where that is in the document."""

        def at(problem: Problem) -> Problem:
            found = re.match(r"components\.schemas\.(\w+)", problem.place)
            place = places.get(found[1]) if found else None
            return (
                Problem(place + problem.place[found.end() :], problem.reason)
                if place and found
                else problem
            )

        self.problems = [at(problem) for problem in self.problems]

    def notes(self) -> list[str]:
        """The ignored things as lines, without repeats."""
        return sorted({f"{place}: {what}" for place, what in self.ignored})
