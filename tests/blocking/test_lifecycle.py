"""The background loop and blocks of a client: how they start, and how they end."""

from __future__ import annotations

import asyncio
import pickle
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from actuallycare import APIConnectionError, AsyncActuallyCare, RetryPolicy
from actuallycare.blocking.runner import AsyncClient
from tests.fakes import failure, success

from .test_client import client, three_pages


@pytest.mark.parametrize("is_last", [True, False])
def test_a_prefetch_block_is_left_after_the_client_was_closed(is_last: bool) -> None:
    other = client(success({"id": "1"}))
    if not is_last:
        other.listings.get("1")  # keeps the event loop running
    made = client(three_pages)
    # The whole block, because leaving it must not replace its error.
    with pytest.raises(KeyError), made.listings.list().prefetch() as listings:  # noqa: PT012
        next(listings)
        made.close()
        raise KeyError
    other.close()


@pytest.mark.parametrize("what", ["client", "view", "resource", "pager"])
def test_pickling_says_what_to_do(what: str) -> None:
    with client(three_pages) as made:
        view = made.with_options(timeout=1)
        things = {"client": made, "view": view, "resource": made.leads, "pager": made.leads.list()}
        with pytest.raises(TypeError, match="create one in each process"):
            pickle.dumps(things[what])


def test_the_async_client_rejects_pickling_too() -> None:
    with pytest.raises(TypeError, match="create one in each process"):
        pickle.dumps(AsyncActuallyCare("0" * 64))


class Alarm(Exception):
    pass


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="this system has no SIGALRM")
def test_an_interrupted_close_still_ends_the_calls() -> None:
    def ring(*_: object) -> None:
        raise Alarm

    has_started = threading.Event()

    def block_the_event_loop(_: object) -> None:
        has_started.set()
        time.sleep(0.3)

    with client(success({"id": "1"})) as other:
        other.listings.get("1")  # its event loop continues
        retry = RetryPolicy(backoff_base=60.0, max_wait=60.0, max_elapsed=600.0)
        made = client(failure(503), on_retry=block_the_event_loop, retry=retry)
        with ThreadPoolExecutor() as pool:
            call = pool.submit(made.listings.get, "1")
            has_started.wait()
            former = signal.signal(signal.SIGALRM, ring)
            signal.setitimer(signal.ITIMER_REAL, 0.1)
            try:
                with pytest.raises(Alarm):
                    made.close()
            finally:
                signal.signal(signal.SIGALRM, former)
            with pytest.raises(APIConnectionError):
                call.result(timeout=10)


def test_a_failed_close_raises_once_and_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[AsyncClient] = []

    async def fail(made: AsyncClient) -> None:
        closed.append(made)
        raise OSError("the socket is gone")

    with client(success({"id": "1"})) as other:
        other.listings.get("1")  # its event loop continues
        made = client(success({"id": "1"}))
        made.listings.get("1")
        with monkeypatch.context() as patch:
            patch.setattr(AsyncClient, "aclose", fail)
            with pytest.raises(OSError, match="the socket is gone"):
                made.close()
            made.close()
            other.listings.get("1")  # after whatever the event loop was to do before
        assert len(closed) == 1


@pytest.mark.parametrize(
    ("module", "name", "error"),
    [
        (asyncio.events, "new_event_loop", OSError(24, "Too many open files")),
        (threading.Thread, "start", RuntimeError("can't start new thread")),
    ],
)
def test_a_loop_that_cannot_start_raises(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    with client(success({"id": "1"})) as made:
        with monkeypatch.context() as patch:
            patch.setattr(module, name, fail)
            with pytest.raises(type(error)):
                made.listings.get("1")
        assert made.listings.get("1").id == "1"
