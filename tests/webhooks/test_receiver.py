"""The receiver answers in time, works on each delivery once, and drains; on asyncio and trio."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actuallycare import ConfigurationError
from actuallycare.webhooks import MemoryLog, WebhookEvent, WebhookReceiver
from tests.secrets.search import found
from tests.webhooks.deliveries import NOW, SECRET, Delivery, delivery, encoded, tampered

Run = Callable[[Callable[[], Awaitable[Any]]], Any]


class StoppedClock:
    def monotonic(self) -> float:
        return 0.0

    def now(self) -> Any:
        return NOW

    async def sleep(self, seconds: float) -> None:
        raise AssertionError("nothing sleeps")


class Handler:
    """Notes events; holds until told, or fails, when asked to."""

    def __init__(self) -> None:
        self.events: list[WebhookEvent] = []
        self.finished: list[WebhookEvent] = []
        self.hold: anyio.Event | None = None
        self.failures: list[Exception] = []

    async def __call__(self, event: WebhookEvent) -> None:
        self.events.append(event)
        if self.hold is not None:
            await self.hold.wait()
        if self.failures:
            raise self.failures.pop(0)
        self.finished.append(event)


def receiver(handler: Any, **options: Any) -> WebhookReceiver:
    return WebhookReceiver(handler, SECRET, clock=StoppedClock(), **options)


async def post(app: Any, sent: Delivery, method: str = "POST") -> tuple[int, str]:
    """(status, word) of the answer."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://receiver.test"
    ) as client:
        answer = await client.request(
            method, "/hooks", content=sent.body, headers=list(sent.headers)
        )
        assert int(answer.headers["Content-Length"]) == len(answer.content)
        word: str = answer.json()["status"]
        return answer.status_code, word


def numbered(number: int) -> Delivery:
    return delivery(encoded(data={"id": str(number)}))


def test_an_event_is_handed_over_once_however_often_it_is_delivered(run: Run) -> None:
    async def main() -> None:
        handler = Handler()
        async with receiver(handler) as app:
            assert await post(app, delivery()) == (200, "done")
            assert await post(app, delivery()) == (200, "duplicate")
            assert await post(app, numbered(2)) == (200, "done")
        assert [event.name for event in handler.events] == ["lead.created"] * 2

    run(main)


def test_without_a_log_every_delivery_is_worked_on(run: Run) -> None:
    async def main() -> None:
        handler = Handler()
        async with receiver(handler, log=None) as app:
            for _ in range(2):
                assert await post(app, delivery()) == (200, "done")
        assert len(handler.finished) == 2

    run(main)


@pytest.mark.parametrize("case", tampered(), ids=lambda case: case.name)
async def test_a_tampered_delivery_reaches_nobody(
    case: Any, caplog: pytest.LogCaptureFixture
) -> None:
    handler = Handler()
    raw = [(name.encode(), value.encode()) for name, value in case.delivery.headers]
    scope = {"type": "http", "method": "POST", "headers": raw}
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": case.delivery.body}

    async def send(message: Any) -> None:
        sent.append(message)

    async with receiver(handler) as app:
        await app(scope, receive, send)
    assert sent[0]["status"] == 401
    assert sent[1]["body"] == b'{"status": "%s"}' % case.reason.encode()
    assert handler.events == []
    assert case.reason in caplog.text
    assert found(caplog.text) == []


def test_a_failed_handler_is_told_and_the_next_attempt_is_worked_on(
    run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    async def main() -> None:
        handler = Handler()
        handler.failures = [ValueError("the database is away")]
        async with receiver(handler) as app:
            assert await post(app, delivery()) == (500, "failed")
            assert await post(app, delivery()) == (200, "done")
        assert len(handler.finished) == 1

    run(main)
    [record] = caplog.records
    assert record.levelno == logging.ERROR
    assert "lead.created" in record.message
    assert "the database is away" in caplog.text


def test_slow_work_is_answered_in_time_and_goes_on(run: Run) -> None:
    async def main() -> None:
        handler = Handler()
        handler.hold = anyio.Event()
        async with receiver(handler, answer_within=0.01) as app:
            assert await post(app, delivery()) == (202, "accepted")
            assert handler.finished == []
            handler.hold.set()
        assert len(handler.finished) == 1, "the end waits for the work under way"

    run(main)


@pytest.mark.parametrize("fails", [True, False])
def test_an_attempt_that_comes_while_the_first_is_worked_on_is_told_its_outcome(
    run: Run, fails: bool
) -> None:
    async def main() -> None:
        handler, told = Handler(), list[tuple[int, str]]()
        handler.hold = anyio.Event()
        handler.failures = [ValueError("no")] if fails else []

        async def attempt() -> None:
            told.append(await post(app, delivery()))

        async with receiver(handler) as app, anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(attempt)
            await anyio.wait_all_tasks_blocked()
            handler.hold.set()
        assert told == [(500, "failed") if fails else (200, "done")] * 3
        assert len(handler.events) == 1

    run(main)


def test_while_it_stops_it_takes_no_more_and_loses_nothing(run: Run) -> None:
    async def main() -> None:
        handler = Handler()
        handler.hold = anyio.Event()
        app = receiver(handler, answer_within=0.01)
        stop = anyio.Event()

        async def lifespan(*, task_status: Any) -> None:
            async with app:
                task_status.started()
                await stop.wait()

        async with anyio.create_task_group() as group:
            await group.start(lifespan)
            assert await post(app, delivery()) == (202, "accepted")
            stop.set()
            await anyio.wait_all_tasks_blocked()
            assert await post(app, numbered(2)) == (503, "stopping")
            handler.hold.set()
        assert len(handler.finished) == 1
        assert await post(app, numbered(2)) == (503, "stopping")
        async with app:
            assert await post(app, numbered(2)) == (200, "done")

    run(main)


def test_work_that_does_not_end_is_cancelled_and_told_and_may_come_again(
    run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    async def main() -> None:
        log, handler = MemoryLog(), Handler()
        handler.hold = anyio.Event()
        async with receiver(handler, answer_within=0.01, drain_within=0.05, log=log) as app:
            assert await post(app, delivery()) == (202, "accepted")
            assert len(log) == 1
        assert (len(handler.finished), len(log)) == (0, 0)

    run(main)
    assert "cancelled after 0.05 s: lead.created; reconcile with the API" in caplog.text


def test_a_cancelled_application_still_drains(run: Run) -> None:
    async def main() -> None:
        handler = Handler()
        app = receiver(handler, answer_within=0.01)
        with anyio.CancelScope() as scope:
            async with app:
                handler.hold = anyio.Event()
                assert await post(app, delivery()) == (202, "accepted")
                handler.hold.set()
                scope.cancel()
                await anyio.sleep_forever()
        assert len(handler.finished) == 1

    run(main)


def test_more_than_it_can_take_comes_again_later(run: Run) -> None:
    async def main() -> None:
        handler = Handler()
        handler.hold = anyio.Event()
        async with receiver(handler, answer_within=0.01, max_under_way=2) as app:
            assert await post(app, numbered(1)) == (202, "accepted")
            assert await post(app, numbered(2)) == (202, "accepted")
            assert await post(app, numbered(3)) == (503, "busy")
            handler.hold.set()
            await anyio.wait_all_tasks_blocked()
            assert await post(app, numbered(3)) == (200, "done")

    run(main)


class BrokenLog:
    """A store that is away."""

    def __init__(self, when: str) -> None:
        self.when = when

    async def claim(self, key: str) -> bool:
        if self.when == "claim":
            raise OSError("the store is away")
        return True

    async def settle(self, key: str, *, done: bool) -> None:
        raise OSError("the store is away")


@pytest.mark.parametrize(("when", "handed_over"), [("claim", 0), ("settle", 1)])
def test_a_failing_log_is_told_and_the_delivery_comes_again(
    run: Run, when: str, handed_over: int, caplog: pytest.LogCaptureFixture
) -> None:
    async def main() -> None:
        handler = Handler()
        async with receiver(handler, log=BrokenLog(when)) as app:
            assert await post(app, delivery()) == (500, "failed")
        assert len(handler.events) == handed_over

    run(main)
    assert "the store is away" in caplog.text


@pytest.mark.parametrize(
    ("sent", "method", "told"),
    [
        (delivery(), "GET", (405, "method_not_allowed")),
        (delivery(b"x" * 10_001), "POST", (413, "body_too_large")),
        (delivery(b"not json, but genuine"), "POST", (422, "unreadable")),
        (delivery(encoded(data={"name": "no id"})), "POST", (422, "unreadable")),
        (delivery(encoded("x.y", data={}), event="x.y"), "POST", (200, "done")),
    ],
    ids=["method", "size", "no JSON", "no id", "unknown event"],
)
def test_what_is_answered(run: Run, sent: Delivery, method: str, told: tuple[int, str]) -> None:
    async def main() -> None:
        async with receiver(Handler(), max_body_bytes=10_000) as app:
            assert await post(app, sent, method) == told

    run(main)


def scripted(*messages: dict[str, Any]) -> Any:
    """A `receive` that plays these messages, then nothing more."""
    left = list(messages)

    async def receive() -> dict[str, Any]:
        if not left:
            await anyio.sleep_forever()
        return left.pop(0)

    return receive


@pytest.mark.parametrize(
    ("length", "messages", "status"),
    [
        (b"10001", [], 413),
        (b"9" * 5000, [], 413),
        (b"nonsense", [{"type": "http.request", "body": b"x", "more_body": True}], 408),
        (None, [{"type": "http.request", "body": b"x" * 6000, "more_body": True}] * 2, 413),
        (None, [], 408),
        (b"5", [{"type": "http.disconnect"}], None),
    ],
    ids=["announced", "announced absurdly", "slow", "unannounced", "silent", "gone"],
)
def test_a_body_that_does_not_come_as_it_should(
    run: Run, length: bytes | None, messages: list[Any], status: int | None
) -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def main() -> None:
        headers = [] if length is None else [(b"content-length", length)]
        scope = {"type": "http", "method": "POST", "headers": headers}
        async with receiver(Handler(), max_body_bytes=10_000, read_within=0.05) as app:
            await app(scope, scripted(*messages), send)

    run(main)
    assert [m["status"] for m in sent if m["type"] == "http.response.start"] == (
        [] if status is None else [status]
    )


def test_served_by_itself_it_runs_its_own_lifespan(run: Run) -> None:
    async def main() -> None:
        handler = Handler()
        app = receiver(handler)
        events, told = anyio.create_memory_object_stream[Any](1), list[str]()

        async def send(message: Any) -> None:
            told.append(message["type"])

        async with anyio.create_task_group() as group:
            group.start_soon(app, {"type": "lifespan"}, events[1].receive, send)
            await events[0].send({"type": "lifespan.startup"})
            await anyio.wait_all_tasks_blocked()
            assert await post(app, delivery()) == (200, "done")
            await events[0].send({"type": "lifespan.shutdown"})
        events[0].close()
        events[1].close()
        assert told == ["lifespan.startup.complete", "lifespan.shutdown.complete"]

    run(main)


def test_entered_nowhere_or_twice_it_says_what_to_do(run: Run) -> None:
    async def main() -> None:
        app = receiver(Handler())
        with pytest.raises(ConfigurationError, match="lifespan of your application"):
            await post(app, delivery())
        async with app:
            with pytest.raises(ConfigurationError, match="enter it once"):
                await app.__aenter__()

    run(main)


def test_a_websocket_is_declined(run: Run) -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def main() -> None:
        await receiver(Handler())({"type": "websocket"}, scripted(), send)

    run(main)
    assert sent == [{"type": "websocket.close"}]


def test_it_shows_no_secret_and_takes_none_that_cannot_be_one() -> None:
    assert found(repr(receiver(Handler()))) == []
    assert found(repr(vars(receiver(Handler())))) == []
    with pytest.raises(ConfigurationError, match="at least 10"):
        WebhookReceiver(Handler(), "short")


async def test_the_memory_log_forgets_what_is_old_and_what_is_too_much() -> None:
    now = [0.0]
    log = MemoryLog(keep=10, most=3, monotonic=lambda: now[0])
    assert await log.claim("a")
    assert not await log.claim("a")
    now[0] = 9.9
    assert not await log.claim("a")
    now[0] = 10
    assert await log.claim("a")
    for key in "bcd":
        assert await log.claim(key)
    assert len(log) == 3
    assert await log.claim("a"), "the oldest was forgotten"
    await log.settle("a", done=True)
    assert not await log.claim("a")
    await log.settle("a", done=False)
    assert await log.claim("a")


@given(
    method=st.sampled_from(["POST", "GET", ""]),
    headers=st.lists(
        st.tuples(
            st.sampled_from([k.lower().encode() for k, _ in delivery().headers]) | st.binary(),
            st.sampled_from([v.encode() for _, v in delivery().headers]) | st.binary(),
        )
    ),
    parts=st.lists(st.sampled_from([delivery().body[:9], delivery().body[9:]]) | st.binary()),
)
async def test_whatever_arrives_is_answered_and_only_what_is_genuine_is_handed_over(
    method: str, headers: list[tuple[bytes, bytes]], parts: list[bytes]
) -> None:
    handler, sent = Handler(), list[Any]()

    async def send(message: Any) -> None:
        sent.append(message)

    messages = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    scope = {"type": "http", "method": method, "headers": headers}
    async with receiver(handler, max_body_bytes=300) as app:
        await app(scope, scripted(*messages, {"type": "http.request"}), send)
    assert sent[0]["status"] in (200, 401, 405, 413)
    assert bool(handler.events) == (sent[0]["status"] == 200)
