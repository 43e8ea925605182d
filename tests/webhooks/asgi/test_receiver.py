"""The receiver answers in time, works on each delivery once, and drains; on asyncio and trio."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import anyio
import pytest

from actuallycare import ConfigurationError
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


class Odd(BaseException):
    """An exception of a library that does not derive from `Exception`."""


FATAL_ALONE = [
    asyncio.CancelledError("of a task that the handler awaited"),
    GeneratorExit("of a generator"),
    Odd("of a library"),
    BaseExceptionGroup("several", [asyncio.CancelledError(), Odd("inside a group")]),
]


@pytest.mark.anyio
@pytest.mark.parametrize("error", FATAL_ALONE, ids=lambda error: type(error).__name__)
async def test_any_exception_of_a_handler_fails_only_its_event(
    error: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    handler = Handler()
    handler.failures = [error]
    async with receiver(handler) as app:
        assert await post(app, delivery()) == (500, "failed")
        assert await post(app, numbered(2)) == (200, "done")
        assert await post(app, delivery()) == (200, "done"), "the next attempt is accepted"
    assert len(handler.finished) == 2
    [record] = caplog.records
    assert "lead.created: the handler failed" in record.message
    assert type(error).__name__ in caplog.text


@pytest.mark.anyio
async def test_a_foreign_cancellation_fails_only_its_event() -> None:
    kept: list[BaseException] = []

    with anyio.CancelScope() as scope:
        scope.cancel()
        try:
            await anyio.sleep_forever()
        except anyio.get_cancelled_exc_class() as error:
            kept.append(error)
            raise
    handler = Handler()
    handler.failures = [*kept]
    async with receiver(handler) as app:
        assert await post(app, delivery()) == (500, "failed")
        assert await post(app, delivery()) == (200, "done")


@pytest.mark.asyncio
async def test_awaiting_a_cancelled_task_fails_only_its_event() -> None:
    events: list[str] = []

    async def on_event(event: Any) -> None:
        events.append(event.name)
        if len(events) == 1:
            task = asyncio.create_task(asyncio.sleep(10))
            task.cancel()
            await task
        elif len(events) == 2:
            current = asyncio.current_task()
            assert current is not None
            current.cancel()
            await asyncio.sleep(10)

    async with receiver(on_event) as app:
        assert await post(app, delivery()) == (500, "failed")
        assert await post(app, delivery()) == (500, "failed")
        assert await post(app, delivery()) == (200, "done")


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("grouped", [False, True])
def test_keyboard_interrupt_and_system_exit_propagate(
    anyio_backend: str, kind: type[BaseException], grouped: bool
) -> None:
    async def serve_one() -> None:
        handler = Handler()
        handler.failures = [BaseExceptionGroup("", [kind(), Odd()]) if grouped else kind()]
        with anyio.fail_after(5):
            async with receiver(handler, response_timeout=0.01) as app:
                await post(app, delivery())
                await anyio.sleep_forever()

    with pytest.raises(BaseException) as caught:  # noqa: PT011 - as a group or alone
        anyio.run(serve_one, backend=anyio_backend)
    assert leaves(caught.value) == [kind]


def leaves(error: BaseException) -> list[type[BaseException]]:
    if isinstance(error, BaseExceptionGroup):
        return [kind for inner in error.exceptions for kind in leaves(inner)]
    return [type(error)]


@pytest.mark.anyio
@pytest.mark.parametrize("inner", [False, True], ids=["alone", "in a group of tasks"])
async def test_cancelling_the_receiver_is_not_logged_as_failure(
    inner: bool, caplog: pytest.LogCaptureFixture
) -> None:
    ends: list[str] = []

    async def work() -> None:
        try:
            await anyio.sleep_forever()
        except anyio.get_cancelled_exc_class():
            ends.append("cancelled")
            raise

    async def on_event(_: Any) -> None:
        if not inner:
            await work()
        async with anyio.create_task_group() as group:
            group.start_soon(work)
            group.start_soon(work)

    with anyio.fail_after(5), anyio.CancelScope() as scope:
        async with receiver(on_event, response_timeout=0.01) as app:
            assert await post(app, delivery()) == (202, "accepted")
            scope.cancel()
            await anyio.sleep_forever()
    assert scope.cancelled_caught
    assert ends == ["cancelled"] * (2 if inner else 1)
    assert "the handler failed" not in caplog.text


@pytest.mark.anyio
async def test_a_failure_while_cancelled_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def clean_up_badly() -> None:
        try:
            await anyio.sleep_forever()
        finally:
            raise Odd("while cleaning up")

    async def on_event(_: Any) -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(clean_up_badly)
            group.start_soon(anyio.sleep_forever)

    with anyio.fail_after(5):
        async with receiver(on_event, response_timeout=0.01, shutdown_timeout=0.01) as app:
            assert await post(app, delivery()) == (202, "accepted")
    assert "while cleaning up" in caplog.text


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
    handler, told = Handler(), list[tuple[int, str]]()
    handler.blocked = anyio.Event()
    handler.failures = [ValueError("no")] if fails else []

    async def attempt() -> None:
        told.append(await post(app, delivery()))

    async with receiver(handler) as app, anyio.create_task_group() as group:
        for _ in range(3):
            group.start_soon(attempt)
        await anyio.wait_all_tasks_blocked()
        handler.blocked.set()
    assert told == [(500, "failed") if fails else (200, "done")] * 3
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
