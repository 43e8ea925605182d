"""The receiver may be left in another task than it was entered in, as fixtures of tests do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import anyio
import pytest
import pytest_asyncio

from actuallycare import ConfigurationError
from actuallycare.webhooks.asgi import WebhookReceiver
from tests.webhooks.asgi.fakes import Handler, post, receiver
from tests.webhooks.deliveries import delivery


@pytest.mark.anyio
async def test_it_may_be_left_in_another_task() -> None:
    handler = Handler()
    handler.blocked = anyio.Event()
    app = receiver(handler, response_timeout=0.01)
    async with anyio.create_task_group() as group:
        group.start_soon(app.__aenter__)
    assert await post(app, delivery()) == (202, "accepted")
    handler.blocked.set()
    async with anyio.create_task_group() as group:
        group.start_soon(app.__aexit__, None, None, None)
    assert len(handler.finished) == 1
    async with app:  # and entered again
        assert await post(app, delivery()) == (200, "duplicate")


@pytest_asyncio.fixture
async def running() -> AsyncIterator[WebhookReceiver]:
    async with receiver(Handler()) as app:
        yield app


@pytest.mark.asyncio
async def test_it_serves_as_a_fixture(running: WebhookReceiver) -> None:
    assert await post(running, delivery()) == (200, "done")


@pytest.mark.anyio
async def test_an_async_generator_may_be_left_in_another_task() -> None:
    handler = Handler()

    async def serving() -> AsyncIterator[WebhookReceiver]:
        async with receiver(handler) as app:
            yield app

    generator = serving()
    app = await anext(generator)
    assert await post(app, delivery()) == (200, "done")
    async with anyio.create_task_group() as group:
        group.start_soon(anext, generator, None)
    with pytest.raises(ConfigurationError, match="not running"):
        app._running()


@pytest.mark.anyio
async def test_a_cancelled_application_waits_for_its_handlers() -> None:
    handler = Handler()
    handler.blocked = anyio.Event()
    app = receiver(handler, response_timeout=0.01)

    async def unblock() -> None:
        await anyio.sleep(0.02)
        assert handler.blocked is not None
        handler.blocked.set()

    async with anyio.create_task_group() as group:
        with anyio.CancelScope() as scope:
            async with app:
                assert await post(app, delivery()) == (202, "accepted")
                group.start_soon(unblock)
                scope.cancel()
                await anyio.sleep_forever()
    assert len(handler.finished) == 1


@pytest.mark.asyncio
async def test_cancelling_the_shutdown_cancels_the_handlers() -> None:
    ended = asyncio.Event()

    async def on_event(_: object) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    app = await receiver(on_event, response_timeout=0.01).__aenter__()
    assert await post(app, delivery()) == (202, "accepted")
    leaving = asyncio.create_task(app.__aexit__(None, None, None))
    await asyncio.sleep(0.01)
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    await asyncio.wait_for(ended.wait(), 1)
    async with app:
        pass


def test_another_event_loop_is_rejected() -> None:
    app = receiver(Handler())

    async def enter() -> None:
        await app.__aenter__()

    async def use() -> None:
        with pytest.raises(ConfigurationError, match="event loop"):
            await post(app, delivery())

    anyio.run(enter)
    anyio.run(use)


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit])
def test_after_the_response_a_handler_can_end_the_application(
    anyio_backend: str, kind: type[BaseException]
) -> None:
    handler = Handler()
    handler.failures = [kind()]

    async def serve() -> None:
        handler.blocked = anyio.Event()
        async with receiver(handler, response_timeout=0.01) as app:
            assert await post(app, delivery()) == (202, "accepted")
            handler.blocked.set()
            await anyio.sleep_forever()

    with pytest.raises(BaseException) as caught:  # noqa: PT011 - trio reports it as the cause
        anyio.run(serve, backend=anyio_backend)
    assert kind.__name__ in _with_causes(caught.value)


def _with_causes(error: BaseException | None) -> str:
    shown = ""
    while error is not None:
        shown += repr(error)
        error = error.__cause__
    return shown
