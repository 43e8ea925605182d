"""Lists that change while the blocking client reads them: every record that stays is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from actuallycare import ActuallyCare, DecodeError, Request, Response
from actuallycare.blocking import BlockingPager
from actuallycare.models import Listing
from tests.fakes import ScriptedTransport, success
from tests.unit.pagination.test_changing_list import LOOPS, OMITTED, SIZE, Change, Changing

Reader = Callable[[BlockingPager[Listing]], Iterable[Listing]]


def in_pages(pager: BlockingPager[Listing]) -> list[Listing]:
    return [listing for page in pager.pages() for listing in page]


def prefetched(pager: BlockingPager[Listing]) -> list[Listing]:
    with pager.prefetch(3) as listings:
        return list(listings)


READERS: dict[str, Reader] = {
    "iterated": iter,
    "every item": lambda pager: pager.items(dedupe=False),
    "pages": in_pages,
    "collect": lambda pager: pager.collect(),
    "collect 4": lambda pager: pager.collect(concurrency=4),
    "prefetch": prefetched,
}


class Listings(Changing):
    def page(self, request: Request) -> Response:
        data = json.loads(super().page(request).content)["data"]
        return success({"listings": data["rows"], "meta": data["meta"]})


def read(reader: Reader, transport: ScriptedTransport) -> set[str | None]:
    with ActuallyCare("0" * 64, transport=transport, telemetry=False) as client:
        return {listing.id for listing in reader(client.listings.list())}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize("omitted", OMITTED)
@pytest.mark.parametrize("after", [1, 2, 4])
def test_a_bulk_import_hides_no_record(
    reader: Reader, omitted: tuple[str, ...], after: int
) -> None:
    changes: list[Change] = [("add", 0)] * (after - 1) + [("add", 2 * SIZE)]
    transport = Listings(8 * SIZE, changes, [], omitted=omitted)
    assert transport.always <= read(reader, transport)


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_removed_records_hide_no_other(reader: Reader) -> None:
    transport = Listings(6 * SIZE, [("add", 0)] + [("remove", 0)] * 3, [])
    assert transport.always <= read(reader, transport)


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize(("content", "requests"), LOOPS[:-1])  # the last has too short pages
def test_a_server_that_repeats_pages_ends_in_an_error(
    reader: Reader, content: Callable[[int, int], dict[str, Any]], requests: int
) -> None:
    def page(request: Request) -> Response:
        found = content(int(request.url.partition("page=")[2] or 1), len(transport.requests))
        return success({"listings": found["rows"], "meta": found.get("meta", {})})

    transport = ScriptedTransport(page)
    with pytest.raises(DecodeError):
        read(reader, transport)
    assert len(transport.requests) >= requests
