"""What changed between two documents, for somebody who calls the SDK."""

from __future__ import annotations

from .compare import compare
from .finding import SEVERITIES, Finding, Severity, worst
from .report import as_json, as_text

__all__ = ["SEVERITIES", "Finding", "Severity", "as_json", "as_text", "compare", "worst"]
