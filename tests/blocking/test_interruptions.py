"""Exceptions that are no errors, such as SystemExit: the event loop survives them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from actuallycare import ConfigurationError
from tests.fakes import failure, success

from .test_client import client


class Interrupted(BaseException):
    pass


@pytest.mark.parametrize("kind", [SystemExit, KeyboardInterrupt, GeneratorExit, Interrupted])
def test_a_base_exception_of_a_callback_is_raised_by_its_call(
    kind: type[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    """The event loop goes on, for other calls and clients."""

    def interrupt(_: object) -> None:
        raise kind

    with client(success({"id": "1"})) as other:
        with client(failure(503), on_retry=interrupt) as made:
            for _ in range(2):
                with pytest.raises(kind):
                    made.listings.get("1")
            with pytest.raises(kind), made.listings.list().prefetch() as listings:
                next(listings)
        assert other.listings.get("1").id == "1"
    is_logged = "the event loop survives" in caplog.text
    assert is_logged is issubclass(kind, (SystemExit, KeyboardInterrupt))


@pytest.mark.parametrize("kind", [SystemExit, KeyboardInterrupt, asyncio.CancelledError])
def test_a_block_whose_entry_fails_ends(kind: type[BaseException]) -> None:
    @asynccontextmanager
    async def fails() -> AsyncIterator[None]:
        raise kind
        yield

    expected = ConfigurationError if kind is asyncio.CancelledError else kind
    with client(success({"id": "1"})) as made:
        with pytest.raises(expected), made._runner.entered(fails()):
            raise AssertionError("unreachable")
        assert made.listings.get("1").id == "1"
