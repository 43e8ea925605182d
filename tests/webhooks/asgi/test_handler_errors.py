"""A handler that raises, or is cancelled, fails only its own event; on asyncio and trio."""

from __future__ import annotations

import asyncio
from typing import Any

import anyio
import pytest

from tests.webhooks.asgi.fakes import Handler, post, receiver
from tests.webhooks.deliveries import Delivery, delivery, encoded


def numbered(number: int) -> Delivery:
    return delivery(encoded(data={"id": str(number)}))


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
        async with receiver(on_event, response_timeout=0.01, shutdown_timeout=0.01) as app:
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
