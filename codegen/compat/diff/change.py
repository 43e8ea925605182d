"""One difference: its severity, its place, and what it means to a caller."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from attrs import frozen

Severity = Literal["none", "patch", "minor", "major"]

SEVERITIES: Final[tuple[Severity, ...]] = ("none", "patch", "minor", "major")
"""From no effect on callers to code that stops working; semver's words."""


@frozen(order=True)
class Change:
    """One difference as a caller of the SDK sees it."""

    severity: Severity
    subject: str
    """What users type: `listings.list(status=)`, `models.Listing.city`."""
    text: str
    """What it means to them."""
    place: str
    """Where in the document."""


def highest_severity(changes: Iterable[Change]) -> Severity:
    """The highest severity; `none` without changes."""
    found = {change.severity for change in changes}
    ordered: list[Severity] = [severity for severity in SEVERITIES if severity in found]
    return ordered[-1] if ordered else "none"
