"""From changes to a release: the next version and the entry for the changelog. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ..escaping import code_span, prose
from .diff.change import Change, Severity


def next_version(version: str, severity: Severity) -> str:
    """The version that a change of this severity asks for (semver.org, items 4 and 6 to 8).

    Before 1.0.0, what breaks raises the minor number and everything else the patch number.
    """
    major, minor, patch = (int(part) for part in version.split("."))
    if severity == "none":
        return version
    if severity == "patch" or (major == 0 and severity == "minor"):
        return f"{major}.{minor}.{patch + 1}"
    if severity == "minor" or major == 0:
        return f"{major}.{minor + 1}.0"
    return f"{major + 1}.0.0"


def fragment(changes: Sequence[Change]) -> str:
    """The entry as a scriv fragment, in the categories of Keep a Changelog; empty without news."""
    groups: dict[str, list[str]] = {"Added": [], "Changed": [], "Removed": []}
    for change in changes:
        if change.severity in ("major", "minor"):
            breaking = "**Breaking:** " if change.severity == "major" else ""
            subject, text = code_span(change.subject), prose(change.text)
            groups[_category(change)].append(f"- {breaking}{subject}: {text}.")
    sections = [f"### {name}\n\n" + "\n".join(lines) for name, lines in groups.items() if lines]
    return "\n\n".join(sections) + "\n" if sections else ""


def _category(change: Change) -> str:
    if change.text.endswith("is gone"):
        return "Removed"
    return "Added" if change.text.startswith("new ") else "Changed"
