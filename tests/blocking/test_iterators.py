"""Iterators of lists: after an error, among threads, and closed."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest

from actuallycare import Request, Response, RetryPolicy, ServerError
from tests.fakes import failure

from .test_client import IDS, client, page, sent, three_pages


def fails_once() -> Any:
    failed: list[str] = []

    def respond(request: Request) -> Response:
        if "page=2" in request.url and not failed:
            failed.append(request.url)
            return failure(503)
        return three_pages(request)

    return respond


def test_items_continue_after_an_error() -> None:
    with client(fails_once(), retry=RetryPolicy(max_attempts=1)) as made:
        items = iter(made.listings.list())
        assert [next(items).id for _ in IDS[:2]] == IDS[:2]
        with pytest.raises(ServerError):
            next(items)
        assert [listing.id for listing in items] == IDS[2:]
        assert next(items, None) is None


def test_pages_continue_after_an_error() -> None:
    with client(fails_once(), retry=RetryPolicy(max_attempts=1)) as made:
        pages = made.listings.list().pages()
        next(pages)
        with pytest.raises(ServerError):
            next(pages)
        assert [found.meta.page for found in pages] == [2, 3]


def test_prefetched_items_continue_after_an_error() -> None:
    with (
        client(fails_once(), retry=RetryPolicy(max_attempts=1)) as made,
        made.listings.list().prefetch() as items,
    ):
        assert [next(items).id for _ in IDS[:2]] == IDS[:2]
        with pytest.raises(ServerError):
            next(items)
        assert [listing.id for listing in items] == IDS[2:]


def test_threads_share_an_iterator() -> None:
    def respond(request: Request) -> Response:
        return page(int(request.url.partition("page=")[2] or 1), 3, 20)

    with client(respond) as made, ThreadPoolExecutor(8) as pool:
        items = made.listings.list().items()
        found = list(pool.map(lambda _: next(items).id, range(60)))
        assert next(items, None) is None
    assert len(set(found)) == 60


def test_a_closed_iterator_has_ended() -> None:
    with client(three_pages) as made:
        items = made.listings.list().items()
        with closing(items):
            next(items)
        assert list(items) == []
        ended = made.listings.list().items()
        assert len(list(ended)) == len(IDS)
    assert next(ended, None) is None  # also when the client is closed


def test_closing_does_not_wait_for_a_page_and_drops_it() -> None:
    requested = threading.Event()
    closed = threading.Event()
    was_closed: list[bool] = []

    def respond(request: Request) -> Response:
        if "page=2" in request.url:
            requested.set()
            was_closed.append(closed.wait(10))
        return three_pages(request)

    with client(respond) as made, ThreadPoolExecutor(1) as pool:
        items = made.listings.list().items()
        found = pool.submit(list, items)
        assert requested.wait(10)
        items.close()
        closed.set()
        assert [listing.id for listing in found.result(10)] == IDS[:2]
        assert (was_closed, len(sent(made))) == ([True], 2)
