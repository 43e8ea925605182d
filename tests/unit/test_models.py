"""Pages of listings whose values are of other types."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actuallycare import AsyncActuallyCare, DecodeError, Request, Response, models
from tests.document.test_models import all_fit, payloads


class Rows:
    """A transport that responds with one page of rows."""

    def __init__(self, rows: list[Any]) -> None:
        meta = {"page": 1, "limit": 100, "total": len(rows), "totalPages": 1, "hasMore": False}
        body = {"success": True, "data": {"listings": rows, "meta": meta}}
        self._content = json.dumps(body).encode()

    async def send(self, request: Request) -> Response:
        return Response(200, {}, self._content)

    async def aclose(self) -> None:
        pass


async def read(rows: list[Any], times: int = 1, **options: Any) -> list[models.Listing]:
    client = AsyncActuallyCare("0" * 64, transport=Rows(rows), telemetry=False, **options)
    async with client:
        for _ in range(times):
            page = await client.listings.list()
        return page.items


@settings(max_examples=25)
@given(rows=st.lists(payloads(models.Listing), max_size=4))
def test_no_mixture_of_types_loses_a_record(rows: list[dict[str, Any]]) -> None:
    listings = asyncio.run(read(rows))
    assert len(listings) == len(rows)
    assert all(all_fit(listing) for listing in listings)


BAD = {"id": "1", "list_price": "secret", "expiration_date": "0000-00-00"}


@pytest.mark.asyncio
async def test_warn_once_for_each_field_without_the_value(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING, "actuallycare"):
        (listing, _) = await read([BAD, BAD], times=2)
    assert (listing.list_price, listing.expiration_date) == (None, None)
    assert listing.additional_properties == {k: v for k, v in BAD.items() if k != "id"}
    lines = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert [line.split(" cannot")[0] for line in lines] == [
        "listings.list: Listing.expiration_date",
        "listings.list: Listing.list_price",
    ]
    assert "secret" not in caplog.text
    assert "0000" not in caplog.text


@pytest.mark.asyncio
async def test_strict_raises_an_error_with_the_path() -> None:
    with pytest.raises(DecodeError) as caught:
        await read([{"id": "1"}, BAD], strict=True)
    assert caught.value.field == "data.listings[1].expiration_date"
    rows = [{"id": 7, "list_price": "12.50", "expiration_date": ""}]
    (listing,) = await read(rows, strict=True)
    assert (listing.id, listing.list_price) == ("7", 12.5)


@pytest.mark.asyncio
async def test_a_record_without_id_is_an_error() -> None:
    with pytest.raises(DecodeError) as caught:
        await read([{"id": "1"}, {"address": "x"}])
    assert caught.value.field == "data.listings[1].id"


def test_a_guard_accepts_the_members_of_its_enum() -> None:
    assert models.is_listing_status("active")
    assert not any(map(models.is_listing_status, ["new", None, 1, ["active"], {}]))
    # Values that pandas and numpy cannot compare with a text.
    assert not any(map(models.is_listing_status, [pd.NA, np.array(["active", "sold"])]))
