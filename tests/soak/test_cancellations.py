"""The judge of cancelled calls finds what it is there to find."""

from __future__ import annotations

import asyncio
import random

import pytest

from tests.soak.cancellations import Cancelling, Result
from tests.soak.echo_server import echo_server
from tests.soak.measure import FLAT


def run(count: int) -> Result:
    with echo_server() as port:
        return asyncio.run(Cancelling("httpx", port, random.Random(1)).run(count))


def test_cancelled_calls_leave_nothing_behind() -> None:
    result = run(250)
    assert result.wrongs() == []
    assert result.outcomes["cancelled"] >= 250
    assert result.outcomes["served"] >= 20  # those of the check


@pytest.mark.parametrize(
    "result",
    [
        Result(most_sockets=50),
        Result(sockets_left=1),
        Result(tasks_left=1),
        Result(sizes=[0] * 30 + [2 * FLAT] * 10),
        Result(broken=["PoolTimeout"]),
    ],
)
def test_what_is_left_is_reported(result: Result) -> None:
    assert len(result.wrongs()) == 1
