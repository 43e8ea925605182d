"""Every fault ends as docs/failures.md says: over real sockets, by every transport, on
asyncio and trio, and by the blocking client."""

from __future__ import annotations

from pathlib import Path

import pytest

from actuallycare import APIConnectionError, APIStatusError
from actuallycare.models import Listing
from tests.faults.bad_responses import RECORD
from tests.faults.runner import BLOCKING, METHODS, WAYS, Library, Method, line, try_row
from tests.faults.table import ALL, ONCE, TABLE, End, Row, as_markdown

OTHERWISE = {
    # aiohttp takes what follows the body for the next response, and a broken one.
    ("aiohttp", "Content-Length shorter than the body"): (
        End(APIConnectionError, ALL),
        End(APIConnectionError, ONCE),
    ),
}
"""Where a library ends otherwise than the others."""
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "failures.md"


@pytest.mark.parametrize("way", [*WAYS, ("httpx", BLOCKING)], ids="-".join)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_a_fault_ends_as_documented(row: Row, method: Method, way: tuple[Library, str]) -> None:
    library, backend = way
    result = try_row(row, METHODS[method], backend, library)
    print(line(row, method, backend, result))  # pytest -s shows the whole table

    ends = OTHERWISE.get((library, row.name), (row.get, row.post))
    expected = ends[list(METHODS).index(method)]
    assert not result.escaped, repr(result.value)
    assert type(result.value) is expected.result, result.value
    assert result.attempts == expected.attempts
    assert result.arrived == (expected.attempts if row.sent else 0)
    assert result.strangers == 0
    assert result.seconds < expected.attempts * row.timeout + 2
    if isinstance(result.value, APIConnectionError):
        assert result.value.sent == row.sent
    if isinstance(result.value, APIStatusError):
        assert result.value.status_code == row.status
        assert result.value.code == row.code
        if row.code is not None:
            assert result.value.error_id == "s-1"
            assert result.value.details == {"reason": "sample"}
    if isinstance(result.value, Listing) and result.value.address is not None:
        assert result.value.list_price == RECORD["list_price"]
    if isinstance(result.value, Exception):
        # The HTTP library's error refers to the request and its key; it must not be reachable.
        assert result.value.__cause__ is None
        assert result.value.__context__ is None


def test_the_table_has_each_fault_once() -> None:
    names = [row.name for row in TABLE]
    assert len(set(names)) == len(names)


def test_the_document_shows_this_table() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert as_markdown() in text, "run `python -m tests.faults --write`"
