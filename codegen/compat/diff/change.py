"""One difference: how grave, where, and what it means to a caller."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from attrs import frozen

Severity = Literal["none", "patch", "minor", "major"]

SEVERITIES: Final[tuple[Severity, ...]] = ("none", "patch", "minor", "major")
"""From no effect on callers to code that stops working; semver's words."""


@frozen(order=True)
class Finding:
    """One difference as a caller of the SDK sees it."""

    severity: Severity
    subject: str
    """What users type: `listings.list(status=)`, `models.Listing.city`."""
    text: str
    """What it means to them."""
    place: str
    """Where in the document."""


def worst(findings: Iterable[Finding]) -> Severity:
    """The gravest severity; `none` without findings."""
    found = {finding.severity for finding in findings}
    gravest: list[Severity] = [severity for severity in SEVERITIES if severity in found]
    return gravest[-1] if gravest else "none"
