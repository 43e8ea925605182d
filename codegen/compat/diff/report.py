"""Changes as text for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from attrs import asdict

from ...escaping import code_span, prose
from .change import SEVERITIES, Change, highest_severity

_HEADINGS = {
    "major": "Major: code that works today may stop working",
    "minor": "Minor: new, nothing breaks",
    "patch": "Patch: callers see no difference",
    "none": "No effect on the SDK",
}


def as_text(changes: Sequence[Change]) -> str:
    """A Markdown list, grouped by severity, the most severe first."""
    if not changes:
        return "No difference.\n"
    lines: list[str] = []
    for severity in reversed(SEVERITIES):
        group = [change for change in changes if change.severity == severity]
        if group:
            lines += [f"### {_HEADINGS[severity]}", ""]
            lines += [
                f"- {code_span(f.subject)}: {prose(f.text)} ({prose(f.place)})" for f in group
            ]
            lines.append("")
    return "\n".join(lines)


def as_json(changes: Sequence[Change]) -> str:
    """`{"severity": …, "changes": [{severity, subject, text, place}]}`."""
    data = {"severity": highest_severity(changes), "changes": [asdict(c) for c in changes]}
    return json.dumps(data, indent=2, ensure_ascii=False)
