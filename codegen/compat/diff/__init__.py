"""What changed between two APIs, for somebody who calls the SDK."""

from __future__ import annotations

from .change import SEVERITIES, Change, Severity, highest_severity
from .compare import compare
from .report import as_json, as_text

__all__ = [
    "SEVERITIES",
    "Change",
    "Severity",
    "as_json",
    "as_text",
    "compare",
    "highest_severity",
]
