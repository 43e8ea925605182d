"""Findings: what generation could not take from the document as it is, place by place.

A problem belongs to the smallest thing that it affects. That thing falls back to something less
precise, or is left out; the rest is generated. Nothing falls back without a finding.
"""

from __future__ import annotations

from typing import Final, Literal

from attrs import define, field, frozen

from .errors import Problem, UnsupportedDocument
from .escaping import log_text

Kind = Literal["note", "reference", "renamed", "stale", "any", "text", "page", "dropped", "omitted"]
Severity = Literal["info", "warning", "error"]

SEVERITIES: Final[dict[Kind, Severity]] = {
    "note": "info",
    "reference": "info",
    "renamed": "info",
    "stale": "warning",
    "any": "warning",
    "text": "warning",
    "page": "warning",
    "dropped": "error",
    "omitted": "error",
}

FALLBACKS: Final[dict[Kind, str]] = {
    "any": "typed as Any",
    "text": "typed as str",
    "page": "a call gives one page",
    "dropped": "not offered",
    "omitted": "the operation is left out",
}
"""Kinds that make the SDK poorer than the API, with what they mean."""

_ACTIONS: Final[dict[Kind, str]] = {
    "any": "correct the document with [[patch]], or accept it with [[any]], in "
    "codegen/overlay.toml",
    "text": "correct the document with [[patch]] in codegen/overlay.toml",
    "page": "document the parameter `page` with [[patch]] in codegen/overlay.toml, if there is one",
    "dropped": "correct the document with [[patch]] in codegen/overlay.toml",
    "omitted": "correct the document with [[patch]], or accept it with [[omit]], in "
    "codegen/overlay.toml",
    "stale": "remove or correct the entry in codegen/overlay.toml",
}


_LONGEST = 500
"""Characters of a place, and of a reason."""
_MOST = 50_000
"""Findings of one document: a document that needs more was not written by people."""


@frozen
class Finding:
    """One place of the document that was not taken as it is."""

    place: str
    """`GET /listings/{id} → responses.200`, or `components.schemas.Listing.status`."""
    reason: str
    kind: Kind = "note"
    action: str = ""
    """What a maintainer can do; empty when there is nothing to do."""

    @property
    def severity(self) -> Severity:
        """`error` when something cannot be called, `warning` when it is typed less precisely."""
        return SEVERITIES[self.kind]

    @property
    def is_fallback(self) -> bool:
        """Whether the SDK is poorer than the API because of it."""
        return self.kind in FALLBACKS

    def __str__(self) -> str:
        return f"{log_text(self.place)}: {log_text(self.reason)}{self.consequence}"

    @property
    def consequence(self) -> str:
        """What follows for the SDK, and what to do, in our words."""
        meaning = f" ({FALLBACKS[self.kind]})" if self.kind in FALLBACKS else ""
        action = f"; {self.action}" if self.action else ""
        return meaning + action


@define
class Findings:
    """Collects the findings of one run."""

    _found: dict[Finding, None] = field(factory=dict[Finding, None], init=False)
    _accepted: dict[str, str] = field(factory=dict[str, str], init=False)

    def note(self, place: str, reason: str, *, kind: Kind = "note") -> None:
        """Report something that costs callers nothing."""
        self._add(place, reason, kind, _ACTIONS.get(kind, ""))

    def fall_back(self, kind: Kind, place: str, reason: str, action: str = "") -> None:
        """Report that the thing at `place` is typed as `kind` says, or left out."""
        self._add(place, reason, kind, action or _ACTIONS[kind])

    def _add(self, place: str, reason: str, kind: Kind, action: str) -> None:
        if len(self._found) >= _MOST:
            problem = f"there are more than {_MOST:,} places that were not taken as they are"
            raise UnsupportedDocument([Problem(place, problem)])
        # Cut here, because the list is committed: the document decides how long they are.
        self._found[Finding(place[:_LONGEST], reason[:_LONGEST], kind, action)] = None

    @property
    def all(self) -> list[Finding]:
        """Every finding, the most severe first, then by place."""
        order = ("error", "warning", "info")
        return sorted(
            self._found, key=lambda f: (order.index(f.severity), f.place, f.kind, f.reason)
        )

    @property
    def fallbacks(self) -> list[Finding]:
        """The findings that make the SDK poorer than the API."""
        return [finding for finding in self.all if finding.is_fallback]

    def lines(self) -> list[str]:
        """The findings as lines."""
        return [str(finding) for finding in self.all]


class Unsupported(Exception):
    """The smallest thing that is being built cannot be supported; its owner falls back."""

    def __init__(self, place: str, reason: str, action: str = "") -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason
        self.action = action
