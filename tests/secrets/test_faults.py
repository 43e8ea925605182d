"""No fault of the table brings a credential into an exception, log, warning, pickle or span."""

from __future__ import annotations

import pickle
from functools import partial

import pytest

from actuallycare import AsyncActuallyCare, RetryPolicy
from tests.faults.runner import METHODS, Counting, Method, try_row
from tests.faults.servers import Place
from tests.faults.table import TABLE, Row
from tests.secrets.search import KEY, TOKEN, found, listening, shown_by
from tests.telemetry.exported import Exported


def connect(
    row: Row, place: Place, transport: Counting, *, exported: Exported
) -> AsyncActuallyCare:
    return AsyncActuallyCare(
        KEY,
        token=TOKEN,
        base_url=place.base_url,
        transport=transport,
        timeout=row.timeout,
        retry=RetryPolicy(max_attempts=2, backoff_base=0),
        max_response_bytes=row.max_bytes,
        telemetry=exported.observer,
    )


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_a_fault_shows_no_credential(row: Row, method: Method) -> None:
    backend = "asyncio" if method == "GET" else "trio"
    exported = Exported()
    with listening() as overheard:
        result = try_row(row, method, backend, partial(connect, exported=exported))
    assert exported.spans
    assert found(exported.everything()) == []
    assert overheard.markers() == []
    assert "httpcore" in overheard.loggers()
    if isinstance(result.value, Exception):
        assert shown_by(result.value) == []
        again = pickle.loads(pickle.dumps(result.value))  # noqa: S301
        assert (type(again), str(again)) == (type(result.value), str(result.value))
