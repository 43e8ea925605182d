"""Try the whole fault table and print it; with --write, only put it into docs/failures.md."""

from __future__ import annotations

import re
import sys

import pytest

from tests.faults.runner import BACKENDS, METHODS, line, try_row
from tests.faults.table import TABLE, as_markdown
from tests.faults.test_table import DOCUMENT


def write() -> None:
    """Replace the table in the document by this one."""
    text = DOCUMENT.read_text(encoding="utf-8")
    whole = re.compile(r"\| What goes wrong \|.*?\n(?=\n|\Z)", re.DOTALL)
    replaced, count = whole.subn(lambda _: as_markdown(), text)
    if count != 1:
        sys.exit(f"{DOCUMENT} has {count} fault tables; one was expected")
    DOCUMENT.write_text(replaced, encoding="utf-8")


def print_table() -> int:
    """Try every cell; the number of those that ended otherwise than they should."""
    wrong = 0
    for row in TABLE:
        for backend in BACKENDS:
            for method in METHODS:
                try:
                    result = try_row(row, METHODS[method], backend)
                except pytest.skip.Exception as reason:
                    print(f"{row.name:<54} {backend:<8} {method:<5} not tried: {reason}")
                    continue
                end = row.get if method == "GET" else row.post
                fits = (type(result.value), result.attempts) == (end.result, end.attempts)
                print(line(row, method, backend, result), "" if fits else f"EXPECTED {end}")
                wrong += not fits
    print(f"{len(TABLE)} faults; {wrong} cells ended otherwise than documented")
    return wrong


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        write()
    else:
        sys.exit(print_table() > 0)
