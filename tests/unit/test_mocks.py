"""What mocks, editors and interpreters see: resources that can be patched, names, signatures."""

from __future__ import annotations

import inspect
import pydoc
from typing import Any
from unittest import mock

import pytest

import actuallycare
import actuallycare.transports
from actuallycare import AsyncActuallyCare, models
from actuallycare.api.listings import ListingsResource
from actuallycare.testing import page, pager, record
from tests.fakes import ScriptedTransport

LISTING = record(models.Listing)


@pytest.mark.anyio
async def test_one_method_of_a_client_can_be_replaced(key: str) -> None:
    client = AsyncActuallyCare(key, transport=ScriptedTransport())
    with mock.patch.object(client.listings, "get", mock.AsyncMock(return_value=LISTING)):
        assert await client.listings.get("1") is LISTING
    with mock.patch.object(client.listings, "list", mock.Mock(return_value=pager([LISTING]))):
        assert [item async for item in client.listings.list()] == [LISTING]
        assert (await client.listings.list()).items == [LISTING]
    with mock.patch.object(ListingsResource, "get") as get:
        get.return_value = LISTING
        assert await client.listings.get("1") is LISTING
    assert "get" not in vars(client.listings)


@pytest.mark.anyio
async def test_a_mock_of_the_client_knows_its_resources() -> None:
    fake: Any = mock.create_autospec(AsyncActuallyCare, instance=True)
    fake.listings.get.return_value = LISTING
    assert await fake.listings.get("1", timeout=3) is LISTING
    fake.request.return_value = {}
    assert await fake.request("GET", "/x", params={"a": 1}) == {}
    for wrong in ({"colour": 1}, {"extra_header": {}}):
        with pytest.raises(TypeError, match="unexpected keyword argument"):
            fake.listings.get("1", **wrong)
    with pytest.raises(AttributeError):
        _ = fake.listings.fetch


def test_a_resource_is_created_once_and_is_its_class_without_a_client(key: str) -> None:
    client = AsyncActuallyCare(key)
    assert client.listings is client.listings
    assert AsyncActuallyCare.listings is type(client.listings)
    assert repr(client.listings) == (
        "<ListingsResource: create(), delete(), get(), list(), update()>"
    )


def test_help_names_options_and_values_of_enums(key: str) -> None:
    client = AsyncActuallyCare(key)
    shown = pydoc.plain(pydoc.render_doc(client.listings.list))
    assert "extra_headers: 'Mapping[str, str | None] | None' = UNSET" in shown
    assert "`active`, `expired`, `pending`, `sold`, `withdrawn`" in shown
    names = [*inspect.signature(client.with_options).parameters]
    assert names[:3] == ["api_key", "token", "token_store"]


def test_dir_shows_the_public_names() -> None:
    assert dir(actuallycare) == sorted(actuallycare.__all__)
    assert dir(actuallycare.transports) == sorted(actuallycare.transports.__all__)
    assert "listings" in dir(AsyncActuallyCare)
    for name in actuallycare.__all__:
        assert getattr(actuallycare, name) is not None


@pytest.mark.anyio
async def test_a_pager_for_tests_has_pages() -> None:
    listings = [record(models.Listing, id=str(number)) for number in range(60)]
    made = pager(listings)
    assert [len(found) async for found in made.pages()] == [25, 25, 10]
    assert await made.collect(concurrency=2) == listings
    async with made.prefetch() as items:
        assert [item async for item in items] == listings
    assert (await made.with_raw_response()).status_code == 200
    assert (await pager([])).items == []


def test_a_page_for_tests() -> None:
    made = page([LISTING], total=30, limit=25, has_more=True)
    assert (made.meta.total, made.meta.total_pages, made.has_more) == (30, 2, True)
    assert page([LISTING]).meta.total == 1


def test_a_record_for_tests() -> None:
    assert record(models.Listing, id="7", city="X") == models.Listing(id="7", city="X")
    with pytest.raises(TypeError, match="unexpected keyword argument 'colour'"):
        record(models.Listing, colour="red")
