"""The receiver answers in time, works on each delivery once, and drains; on asyncio and trio."""

from __future__ import annotations

import logging
import math
from typing import Any

import anyio
import pytest
from starlette.middleware.base import BaseHTTPMiddleware

from actuallycare import ConfigurationError
from actuallycare.webhooks import WebhookEvent
from actuallycare.webhooks.asgi import InMemoryIdempotencyStore, WebhookReceiver
from tests.secrets.search import found
from tests.webhooks.asgi.fakes import Handler, post, receiver, scripted
from tests.webhooks.deliveries import Delivery, delivery, encoded


def numbered(number: int) -> Delivery:
    return delivery(encoded(data={"id": str(number)}))


@pytest.mark.anyio
async def test_a_repeated_delivery_is_handled_once() -> None:
    handler = Handler()
    async with receiver(handler) as app:
        assert await post(app, delivery()) == (200, "done")
        assert await post(app, delivery()) == (200, "duplicate")
        assert await post(app, numbered(2)) == (200, "done")
    assert [event.name for event in handler.events] == ["lead.created"] * 2


@pytest.mark.anyio
async def test_without_an_idempotency_store_every_delivery_is_handled() -> None:
    handler = Handler()
    async with receiver(handler, store=None) as app:
        for _ in range(2):
            assert await post(app, delivery()) == (200, "done")
    assert len(handler.finished) == 2


@pytest.mark.anyio
async def test_a_failed_delivery_is_handled_on_the_next_attempt(
    caplog: pytest.LogCaptureFixture,
) -> None:
    handler = Handler()
    handler.failures = [ValueError("the database is away")]
    async with receiver(handler) as app:
        assert await post(app, delivery()) == (500, "failed")
        assert await post(app, delivery()) == (200, "done")
    assert len(handler.finished) == 1
    [record] = caplog.records
    assert record.levelno == logging.ERROR
    assert "lead.created" in record.message
    assert "the database is away" in caplog.text


@pytest.mark.anyio
async def test_slow_work_is_accepted_in_time_and_finished_later() -> None:
    handler = Handler()
    handler.blocked = anyio.Event()
    async with receiver(handler, response_timeout=0.01) as app:
        assert await post(app, delivery()) == (202, "accepted")
        assert handler.finished == []
        handler.blocked.set()
    assert len(handler.finished) == 1, "the end waits for the work under way"


@pytest.mark.anyio
@pytest.mark.parametrize("fails", [True, False])
async def test_a_concurrent_attempt_gets_the_outcome_of_the_first(
    fails: bool,
) -> None:
    handler, answers = Handler(), list[tuple[int, str]]()
    handler.blocked = anyio.Event()
    handler.failures = [ValueError("no")] if fails else []

    async def attempt() -> None:
        answers.append(await post(app, delivery()))

    async with receiver(handler) as app, anyio.create_task_group() as group:
        for _ in range(3):
            group.start_soon(attempt)
        await anyio.wait_all_tasks_blocked()
        handler.blocked.set()
    assert answers == [(500, "failed") if fails else (200, "done")] * 3
    assert len(handler.events) == 1


@pytest.mark.anyio
async def test_shutdown_rejects_new_events_and_finishes_accepted_ones() -> None:
    handler = Handler()
    handler.blocked = anyio.Event()
    app = receiver(handler, response_timeout=0.01)
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
        handler.blocked.set()
    assert len(handler.finished) == 1
    assert await post(app, numbered(2)) == (503, "stopping")
    async with app:
        assert await post(app, numbered(2)) == (200, "done")


@pytest.mark.anyio
async def test_unfinished_work_is_cancelled_and_may_be_redelivered(
    caplog: pytest.LogCaptureFixture,
) -> None:
    log, handler = InMemoryIdempotencyStore(), Handler()
    handler.blocked = anyio.Event()
    async with receiver(handler, response_timeout=0.01, shutdown_timeout=0.05, store=log) as app:
        assert await post(app, delivery()) == (202, "accepted")
        assert len(log) == 1
    assert (len(handler.finished), len(log)) == (0, 0)
    assert "cancelled after 0.05 s: lead.created; reconcile with the API" in caplog.text


@pytest.mark.anyio
async def test_a_cancelled_application_still_drains() -> None:
    handler = Handler()
    app = receiver(handler, response_timeout=0.01)
    with anyio.CancelScope() as scope:
        async with app:
            handler.blocked = anyio.Event()
            assert await post(app, delivery()) == (202, "accepted")
            handler.blocked.set()
            scope.cancel()
            await anyio.sleep_forever()
    assert len(handler.finished) == 1


@pytest.mark.anyio
async def test_events_wait_for_their_turn() -> None:
    running: list[int] = []

    async def slowly(_: WebhookEvent) -> None:
        running.append(len(running) + 1)
        await anyio.sleep(0.001)
        running.pop()
        assert len(running) < 3

    answers: list[tuple[int, str]] = []

    async def send(number: int) -> None:
        answers.append(await post(app, numbered(number)))

    async with (
        receiver(slowly, response_timeout=30, max_concurrency=3) as app,
        anyio.create_task_group() as group,
    ):
        for number in range(60):
            group.start_soon(send, number)
    assert answers == [(200, "done")] * 60


@pytest.mark.anyio
async def test_a_full_queue_rejects_at_once() -> None:
    handler = Handler()
    handler.blocked = anyio.Event()
    answers: list[tuple[int, str]] = []

    async def send(number: int) -> None:
        answers.append(await post(app, numbered(number)))

    async with (
        receiver(handler, response_timeout=30, max_concurrency=1, max_queue=1) as app,
        anyio.create_task_group() as group,
    ):
        for number in (1, 2):
            group.start_soon(send, number)
            await anyio.wait_all_tasks_blocked()
        await send(3)
        assert answers == [(503, "busy")]
        group.start_soon(send, 2)  # a repeated attempt of one that waits
        await anyio.wait_all_tasks_blocked()
        handler.blocked.set()
    assert answers == [(503, "busy"), *[(200, "done")] * 3]
    assert len(handler.finished) == 2


@pytest.mark.anyio
async def test_events_that_wait_at_shutdown_are_not_started() -> None:
    handler = Handler()
    handler.blocked = anyio.Event()
    answers: list[tuple[int, str]] = []

    async def send(number: int) -> None:
        answers.append(await post(app, numbered(number)))

    app = receiver(handler, response_timeout=30, max_concurrency=1)
    async with anyio.create_task_group() as group, app:
        for number in (1, 2):
            group.start_soon(send, number)
            await anyio.wait_all_tasks_blocked()
        group.start_soon(release_later, handler.blocked)
    assert sorted(answers) == [(200, "done"), (503, "stopping")]
    assert len(handler.finished) == 1


async def release_later(blocked: anyio.Event) -> None:
    await anyio.wait_all_tasks_blocked()
    blocked.set()


@pytest.mark.parametrize("value", [math.nan, -1], ids=["nan", "negative"])
@pytest.mark.parametrize(
    "name",
    [
        "tolerance",
        "clock_skew",
        "response_timeout",
        "read_timeout",
        "shutdown_timeout",
        "max_body_bytes",
        "max_concurrency",
        "max_queue",
    ],
)
def test_a_bound_that_bounds_nothing_is_rejected(name: str, value: float) -> None:
    with pytest.raises(ConfigurationError, match=name):
        receiver(Handler(), **{name: value})


class PassOn(BaseHTTPMiddleware):
    async def dispatch(self, request: Any, call_next: Any) -> Any:
        return await call_next(request)


# Older releases of Starlette leave a generator of their middleware unfinished.
@pytest.mark.filterwarnings("ignore:Async generator 'starlette:ResourceWarning")
@pytest.mark.anyio
@pytest.mark.parametrize("behind_middleware", [True, False])
async def test_hanging_up_raises_nothing(behind_middleware: bool) -> None:
    sent: list[int] = []

    async def send(message: Any) -> None:
        if not behind_middleware:
            raise OSError("the sender has disconnected")
        sent.append(message.get("status"))

    scope = {"type": "http", "method": "POST", "path": "/", "headers": [], "query_string": b""}
    receive = scripted(
        {"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}
    )
    async with receiver(Handler()) as app:
        await (PassOn(app) if behind_middleware else app)(scope, receive, send)
    assert sent[:1] == ([400] if behind_middleware else [])


@pytest.mark.anyio
async def test_events_beyond_the_limit_are_rejected_for_later() -> None:
    handler = Handler()
    handler.blocked = anyio.Event()
    async with receiver(handler, response_timeout=0.01, max_concurrency=2) as app:
        assert await post(app, numbered(1)) == (202, "accepted")
        assert await post(app, numbered(2)) == (202, "accepted")
        assert await post(app, numbered(3)) == (503, "busy")
        handler.blocked.set()
        await anyio.wait_all_tasks_blocked()
        assert await post(app, numbered(3)) == (200, "done")


class BrokenLog:
    """A store that is away."""

    def __init__(self, when: str) -> None:
        self.when = when

    async def acquire(self, key: str) -> bool:
        if self.when == "claim":
            raise OSError("the store is away")
        return True

    async def complete(self, key: str, *, done: bool) -> None:
        raise OSError("the store is away")


@pytest.mark.anyio
@pytest.mark.parametrize(("when", "handed_over"), [("claim", 0), ("settle", 1)])
async def test_a_failing_idempotency_store_fails_the_delivery(
    when: str, handed_over: int, caplog: pytest.LogCaptureFixture
) -> None:
    handler = Handler()
    async with receiver(handler, store=BrokenLog(when)) as app:
        assert await post(app, delivery()) == (500, "failed")
    assert len(handler.events) == handed_over
    assert "the store is away" in caplog.text


@pytest.mark.anyio
async def test_served_by_itself_it_runs_its_own_lifespan() -> None:
    handler = Handler()
    app = receiver(handler)
    events, answers = anyio.create_memory_object_stream[Any](1), list[str]()

    async def send(message: Any) -> None:
        answers.append(message["type"])

    async with anyio.create_task_group() as group:
        group.start_soon(app, {"type": "lifespan"}, events[1].receive, send)
        await events[0].send({"type": "lifespan.startup"})
        await anyio.wait_all_tasks_blocked()
        assert await post(app, delivery()) == (200, "done")
        await events[0].send({"type": "lifespan.shutdown"})
    events[0].close()
    events[1].close()
    assert answers == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


@pytest.mark.anyio
async def test_reject_a_receiver_entered_never_or_twice() -> None:
    app = receiver(Handler())
    with pytest.raises(ConfigurationError):
        await post(app, delivery())
    async with app:
        with pytest.raises(ConfigurationError):
            await app.__aenter__()


@pytest.mark.anyio
async def test_a_websocket_is_declined() -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    await receiver(Handler())({"type": "websocket"}, scripted(), send)
    assert sent == [{"type": "websocket.close"}]


def test_it_shows_no_secret_and_takes_none_that_cannot_be_one() -> None:
    assert found(repr(receiver(Handler()))) == []
    assert found(repr(vars(receiver(Handler())))) == []
    with pytest.raises(ConfigurationError):
        WebhookReceiver(Handler(), "short")
