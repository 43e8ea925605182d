"""Tables of measurements inside a page of the documentation."""

from __future__ import annotations

import sys
from pathlib import Path


def write(text: str, path: Path, marker: str) -> None:
    """Replace the tables between the two markers of the document."""
    begin = f"<!-- {marker} -->"
    end = f"<!-- /{marker} -->"
    head, _, rest = path.read_text(encoding="utf-8").partition(begin)
    _, found, tail = rest.partition(end)
    if not found:
        sys.exit(f"{path} must contain {begin} and {end}, between which the tables are written.")
    path.write_text(f"{head}{begin}\n{text}\n{end}{tail}", encoding="utf-8")
