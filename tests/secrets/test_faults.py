"""No fault of the table brings a credential into an exception, log, warning, pickle or span.

Each fault is tried with two of all cells: a call, a transport, and an event loop or the blocking
client. The faults go round all cells. `nox -s secrets` tries every fault with every cell.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from functools import partial
from itertools import product
from typing import Any

import pytest

from actuallycare import Login, RetryPolicy
from tests.faults.runner import (
    BLOCKING,
    WAYS,
    Call,
    Counting,
    Library,
    get,
    post,
    try_row,
)
from tests.faults.servers import Place
from tests.faults.table import TABLE, Row
from tests.secrets.search import KEY, PASSWORD, TOKEN, found, listening, shown_by
from tests.telemetry.exported import Exported

LOGGERS = {"httpx": "httpcore", "httpx2": "httpcore2"}
"""Loggers of a library that show each request at DEBUG. aiohttp has none."""


def logs_in_by_hand(client: Any) -> Any:
    return client.auth.login(email="sample@example.com", password=PASSWORD)


def logs_in_first(client: Any) -> Any:
    return client.contacts.get("1")


CALLS: tuple[Call, ...] = (get, post, logs_in_by_hand, logs_in_first)
CELLS = tuple(product([*WAYS, ("httpx", BLOCKING), ("aiohttp", BLOCKING)], CALLS))
STEP = 5
"""Has no divisor in common with the number of cells, so that the faults go round all of them."""


def every_cell() -> list[Any]:
    return [*generate_cells()]


def generate_cells() -> Iterator[Any]:
    for number, row in enumerate(TABLE):
        chosen = {(number * STEP + offset) % len(CELLS) for offset in (0, STEP + 2)}
        for index, ((library, backend), call) in enumerate(CELLS):
            yield pytest.param(
                row,
                call,
                library,
                backend,
                id=f"{row.name}-{call.__name__}-{library}-{backend}",
                marks=() if index in chosen else pytest.mark.slow,
            )


def options(
    row: Row, place: Place, transport: Counting, *, exported: Exported, call: Call
) -> dict[str, Any]:
    return {
        "api_key": KEY,
        "token": Login("sample@example.com", PASSWORD) if call is logs_in_first else TOKEN,
        "base_url": place.base_url,
        "transport": transport,
        "timeout": row.timeout,
        "retry": RetryPolicy(max_attempts=2, backoff_base=0),
        "max_response_bytes": row.max_bytes,
        "telemetry": exported.observer,
    }


@pytest.mark.parametrize(("row", "call", "library", "backend"), every_cell())
def test_a_fault_shows_no_credential(row: Row, call: Call, library: Library, backend: str) -> None:
    exported = Exported()
    with listening() as overheard:
        result = try_row(
            row, call, backend, library, partial(options, exported=exported, call=call)
        )
    assert exported.spans
    assert found(exported.everything()) == []
    assert overheard.markers() == []
    assert LOGGERS.get(library, "asyncio") in overheard.loggers()
    assert not result.escaped, repr(result.value)
    if isinstance(result.value, Exception):
        assert shown_by(result.value) == []
        again = pickle.loads(pickle.dumps(result.value))  # noqa: S301
        assert (type(again), str(again)) == (type(result.value), str(result.value))


def test_the_faults_go_round_all_cells() -> None:
    tried = {cell.values[1:] for cell in every_cell() if not cell.marks}
    assert len(tried) == len(CELLS)
