"""Findings as text for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from attrs import asdict

from .finding import SEVERITIES, Finding, worst

_HEADINGS = {
    "major": "Major: code that works today may stop working",
    "minor": "Minor: new, nothing breaks",
    "patch": "Patch: callers see no difference",
    "none": "No effect on the SDK",
}


def as_text(findings: Sequence[Finding]) -> str:
    """A Markdown list, grouped by severity, the gravest first."""
    if not findings:
        return "No difference.\n"
    lines: list[str] = []
    for severity in reversed(SEVERITIES):
        group = [finding for finding in findings if finding.severity == severity]
        if group:
            lines += [f"### {_HEADINGS[severity]}", ""]
            lines += [f"- `{f.subject}`: {f.text} ({f.place})" for f in group]
            lines.append("")
    return "\n".join(lines)


def as_json(findings: Sequence[Finding]) -> str:
    """`{"severity": …, "findings": [{severity, subject, text, place}]}`."""
    data = {"severity": worst(findings), "findings": [asdict(f) for f in findings]}
    return json.dumps(data, indent=2, ensure_ascii=False)
