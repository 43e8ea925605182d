"""The budget of a window, shared by many tasks: with a pacer, and after a 429 without one.

On trio's own test clock, where waits take no time; pacing decides alike on asyncio, where
benchmarks/rate_limit.py measures it against a real server.
"""

from __future__ import annotations

import math
import random
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import anyio
import pytest
import trio
import trio.testing
from hypothesis import given
from hypothesis import strategies as st

from actuallycare import Pacer, RateLimitError, Request, Response, RetryPolicy
from actuallycare._core.auth.credentials import Credentials
from actuallycare._core.operation import Call, Operation
from actuallycare._core.retry.rate_limiter import (
    QuotaWindow,
    consume,
    seconds_to_wait,
    update,
)
from actuallycare._core.sender import Options, Sender
from tests.fakes import START

GET = Operation("rows.get", "GET", "/rows/{id}", kind="none")
NEVER = -math.inf


class LoopClock:
    """The event loop's own time, which trio's test clock moves."""

    def monotonic(self) -> float:
        return anyio.current_time()

    def now(self) -> datetime:
        return START + timedelta(seconds=anyio.current_time())

    async def sleep(self, seconds: float) -> None:
        await anyio.sleep(seconds)


class Windows:
    """A server that lets so many requests pass in each window, and reports whole seconds."""

    def __init__(self, limit: int, seconds: float, *, latency: float = 0.01) -> None:
        self.limit, self.seconds, self.latency = limit, seconds, latency
        self.ends, self.used, self.refused = 0.0, 0, 0
        self.served: list[str] = []
        self.at: list[float] = []

    async def send(self, request: Request) -> Response:
        await anyio.sleep(self.latency / 2)
        now = anyio.current_time()
        if now >= self.ends:
            self.ends, self.used = now + self.seconds, 0
        self.used += 1
        left = self.limit - self.used
        headers = {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(0, left)),
            "RateLimit-Reset": str(math.ceil(self.ends - now)),
        }
        if left < 0:
            self.refused += 1
        else:
            self.served.append(request.url.rsplit("/", 1)[1])
            self.at.append(now)
        await anyio.sleep(self.latency / 2)
        if left < 0:
            return Response(429, {**headers, "Retry-After": headers["RateLimit-Reset"]})
        return Response(200, headers)

    async def aclose(self) -> None:
        pass


def make_sender(server: Windows, limiter: Pacer | None = None, **policy: Any) -> Sender:
    return Sender(
        transport=server,
        base_url="https://api.example.com/v1",
        headers={},
        credentials=Credentials(),
        options=Options(timeout=30, retry=RetryPolicy(**policy)),
        clock=LoopClock(),
        rate_limiter=limiter,
    )


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, Any]]:
    """Run on trio's test clock, where waits take no time."""
    return "trio", {"clock": trio.testing.MockClock(autojump_threshold=0)}


async def send_all(sender: Sender, count: int, *, tasks: int) -> None:
    numbers = iter(range(count))

    async def work() -> None:
        for number in numbers:
            await sender.send(Call(GET, f"/rows/{number}"))

    async with anyio.create_task_group() as group:
        for _ in range(tasks):
            group.start_soon(work)


W = QuotaWindow
WAITS: list[tuple[QuotaWindow, float, float]] = [
    (W(), 0, 0),  # nothing is known: ask
    (W(probed_at=0), 0.4, 0.6),  # one has asked already
    (W(probed_at=0), 1, 0),  # it has had no answer for a second
    (W(remaining=1, ends_at=10), 5, 0),
    (W(remaining=0, ends_at=10), 5, 5),
    (W(remaining=0, ends_at=10), 10, 0),  # the next window
    (W(remaining=math.inf, ends_at=10), 5, 0),
]


@pytest.mark.parametrize(("window", "now", "wait"), WAITS)
def test_seconds_to_wait(window: QuotaWindow, now: float, wait: float) -> None:
    assert seconds_to_wait(window, now) == pytest.approx(wait)


NOW = 5.0
KNOWN = W(20, ends_at=10, lasts_until=9)
LEARNT: list[tuple[str, QuotaWindow, dict[str, float], QuotaWindow]] = [
    # left, seconds reported at NOW; sent when; others in flight → the window after it
    ("first", W(probed_at=4.9), {"left": 99, "seconds": 2}, W(99, 7, 5.9)),
    (
        "others under way",
        W(),
        {"left": 99, "seconds": 2, "in_flight": 4},
        W(95, 7, 5.9),
    ),
    ("less than thought", KNOWN, {"left": 3, "seconds": 5}, W(3, 10, 9)),
    ("more than thought", KNOWN, {"left": 50, "seconds": 5}, KNOWN),
    ("ends sooner", KNOWN, {"left": 50, "seconds": 4.5}, W(20, 9.5, 9)),
    ("lasts longer", KNOWN, {"left": 50, "seconds": 5.5}, W(20, 10, 9.4)),
    ("of the window before", KNOWN, {"left": 0, "seconds": 4}, KNOWN),
    (
        "of the window before, late",
        KNOWN,
        {"left": 0, "seconds": 6, "sent": 0},
        W(0, 10, 9),
    ),
    ("of the window after", KNOWN, {"left": 99, "seconds": 7}, W(99, 12, 10.9)),
    (
        "over",
        W(0, 4, 3, 4.5),
        {"left": 7, "seconds": 1, "sent": 3},
        W(0, 4, 3, 4.5),
    ),
    ("refused", KNOWN, {"left": 0, "seconds": 4.5}, W(0, 9.5, 9)),
    ("ends now", KNOWN, {"left": 0, "seconds": 0}, KNOWN),
]


@pytest.mark.parametrize(("name", "window", "reported", "after"), LEARNT, ids=lambda x: str(x)[:40])
def test_a_response_updates_the_window(
    name: str, window: QuotaWindow, reported: dict[str, float], after: QuotaWindow
) -> None:
    got = update(
        window,
        reported["left"],
        reported["seconds"],
        sent_at=reported.get("sent", NOW - 0.1),
        in_flight=int(reported.get("in_flight", 0)),
        now=NOW,
    )
    assert (got.remaining, got.probed_at) == (after.remaining, after.probed_at)
    assert (got.ends_at, got.lasts_until) == pytest.approx((after.ends_at, after.lasts_until))


@given(st.lists(st.floats(0, 3), max_size=40))
def test_no_more_is_consumed_than_the_quota(gaps: list[float]) -> None:
    window, now, sent = (
        update(W(probed_at=0), 5, 100, sent_at=0, in_flight=0, now=0),
        0.0,
        0,
    )
    for gap in gaps:
        now += gap
        if now < 100 and seconds_to_wait(window, now) == 0:
            window, sent = consume(window, now), sent + 1
    assert sent <= 5


@pytest.mark.anyio
@pytest.mark.parametrize("tasks", [1, 7, 50])
async def test_a_pacer_meets_no_429_and_uses_the_whole_budget(tasks: int) -> None:
    server = Windows(20, 2)

    await send_all(make_sender(server, Pacer(LoopClock())), 200, tasks=tasks)
    seconds = anyio.current_time()
    assert len(server.served) == 200
    assert server.refused == 0
    assert seconds < 9 * 2 / 0.95  # ten windows, of which the last need not end


@pytest.mark.anyio
@pytest.mark.parametrize("lag", [0.05, 0.3, 0.6, 1.0])
async def test_late_and_reordered_responses_cause_no_429(lag: float) -> None:
    class Lagging(Windows):
        async def send(self, request: Request) -> Response:
            await anyio.sleep(dice.random() * lag)
            response = await super().send(request)
            await anyio.sleep(dice.random() * lag)
            return response

    for seed in range(5):
        dice, server = random.Random(seed), Lagging(20, 2, latency=0)
        sender = make_sender(server, Pacer(LoopClock()))
        await send_all(sender, 200, tasks=30)
        assert len(server.served) == 200
        assert server.refused == 0


@pytest.mark.anyio
async def test_a_pacer_lets_tasks_through_in_the_order_they_came() -> None:
    server = Windows(5, 2, latency=0)

    sender = make_sender(server, Pacer(LoopClock()))
    async with anyio.create_task_group() as group:
        for number in range(23):
            group.start_soon(sender.send, Call(GET, f"/rows/{number}"))
            await anyio.sleep(0.001)
    assert server.served == [str(n) for n in range(23)]


@pytest.mark.anyio
async def test_one_request_probes_each_new_window() -> None:
    server = Windows(20, 2, latency=0.2)
    await send_all(make_sender(server, Pacer(LoopClock())), 100, tasks=50)
    # The first of each window goes alone; the others follow when it has been answered.
    for first, second in zip(server.at[::20], server.at[1::20], strict=True):
        assert second - first >= 0.19


@pytest.mark.anyio
async def test_a_proxy_error_at_the_reset_releases_one_request() -> None:
    class BehindProxy(Windows):
        async def send(self, request: Request) -> Response:
            if anyio.current_time() >= self.ends and len(self.served) == 20:
                self.served.append("lost")
                return Response(502, {}, b"<html>")
            return await super().send(request)

    server = BehindProxy(20, 2)
    await send_all(make_sender(server, Pacer(LoopClock())), 100, tasks=50)
    assert "lost" in server.served
    assert server.refused == 0


@pytest.mark.anyio
async def test_cancelling_a_wait_loses_no_slot() -> None:
    server = Windows(1, 2, latency=0)

    sender = make_sender(server, Pacer(LoopClock()))
    await sender.send(Call(GET, "/rows/0"))
    with anyio.move_on_after(1) as scope:
        await send_all(sender, 5, tasks=5)
    assert scope.cancelled_caught
    await sender.send(Call(GET, "/rows/last"))
    assert server.served == ["0", "last"]


@pytest.mark.anyio
async def test_without_a_pacer_each_task_meets_one_429_at_most() -> None:
    server = Windows(20, 2)

    await send_all(make_sender(server, max_attempts=3), 400, tasks=10)
    seconds = anyio.current_time()
    assert len(server.served) == 400
    assert server.refused <= 10
    assert seconds < 19 * 2 / 0.95


@pytest.mark.anyio
async def test_nothing_waits_before_a_429() -> None:
    server = Windows(100, 900, latency=0.2)

    await send_all(make_sender(server), 100, tasks=100)
    assert anyio.current_time() == pytest.approx(0.2)


@pytest.mark.anyio
async def test_a_wait_beyond_the_policy_ends_in_the_servers_error() -> None:
    server = Windows(1, 900)

    sender = make_sender(server)
    await sender.send(Call(GET, "/rows/0"))
    for _ in range(3):
        with pytest.raises(RateLimitError) as caught:
            await sender.send(Call(GET, "/rows/1"))
        assert caught.value.retry_after == pytest.approx(900, abs=1)
    assert anyio.current_time() < 1


@pytest.mark.anyio
async def test_a_policy_without_retries_never_waits() -> None:
    server = Windows(1, 10)

    sender = make_sender(server, max_attempts=1)
    await sender.send(Call(GET, "/rows/0"))
    for _ in range(2):
        with pytest.raises(RateLimitError):
            await sender.send(Call(GET, "/rows/1"))
    assert anyio.current_time() < 1


@pytest.mark.anyio
async def test_a_cooldown_respects_max_elapsed_and_the_deadline() -> None:
    server = Windows(1, 10)
    ends: list[float] = []

    async def one(sender: Sender) -> None:
        with anyio.move_on_after(25):
            with suppress(RateLimitError):
                await sender.send(Call(GET, "/rows/1"))
            ends.append(anyio.current_time())

    sender = make_sender(server, max_elapsed=12)
    async with anyio.create_task_group() as group:
        for _ in range(20):
            group.start_soon(one, sender)
    assert len(ends) == 20
    assert max(ends) < 12.5


@pytest.mark.anyio
async def test_a_cooldown_ends_after_a_window_with_quota_left() -> None:
    server = Windows(5, 2)

    sender = make_sender(server)
    await send_all(sender, 8, tasks=8)  # three are rejected; then two are left
    await anyio.sleep(5)
    begun = len(server.at)
    await send_all(sender, 5, tasks=5)
    assert max(server.at[begun:]) - min(server.at[begun:]) == 0  # all at once, no probe
    assert server.refused == 3
