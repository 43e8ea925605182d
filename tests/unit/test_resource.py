"""`with_raw_response`: the methods of a resource, with the HTTP response of each result."""

from __future__ import annotations

import inspect

import pytest

from actuallycare import APIResponse, AsyncActuallyCare, NotFoundError, Page, models
from tests.fakes import ScriptedTransport, answer, failure, success

KEY = "ab" * 32
LIMIT = {"RateLimit-Limit": "500", "RateLimit-Remaining": "499", "RateLimit-Reset": "60"}


@pytest.mark.anyio
async def test_a_record_comes_with_its_response() -> None:
    body = {"success": True, "data": {"id": "1"}, "timestamp": "2026-06-11T18:24:09Z"}
    transport = ScriptedTransport(answer(body, headers=LIMIT))
    client = AsyncActuallyCare(KEY, transport=transport)
    response = await client.listings.with_raw_response.get("1")
    assert isinstance(response, APIResponse)
    assert isinstance(response.data, models.Listing)
    assert response.status_code == 200
    assert response.headers["RateLimit-Limit"] == "500"
    assert response.rate_limit == client.rate_limit
    assert response.timestamp is not None


@pytest.mark.anyio
async def test_a_list_gives_one_page_with_its_response() -> None:
    transport = ScriptedTransport(success({"listings": [{"id": "1"}]}))
    client = AsyncActuallyCare(KEY, transport=transport)
    response = await client.listings.with_raw_response.list(limit=1)
    assert isinstance(response.data, Page)
    assert [listing.id for listing in response.data.items] == ["1"]
    assert transport.requests[0].url.endswith("?limit=1")


@pytest.mark.anyio
async def test_errors_are_raised_as_without_the_response() -> None:
    client = AsyncActuallyCare(KEY, transport=ScriptedTransport(failure(404)))
    with pytest.raises(NotFoundError):
        await client.listings.with_raw_response.get("1")


def test_the_repr_lists_the_methods() -> None:
    client = AsyncActuallyCare(KEY, transport=ScriptedTransport())
    methods = "create(), delete(), get(), list(), update()"
    assert repr(client.listings) == f"<ListingsResource: {methods}>"
    assert repr(client.listings.with_raw_response) == f"<ListingsWithRawResponse: {methods}>"


@pytest.mark.parametrize("method", ["list", "get", "update", "delete"])
def test_signature_and_docstring_are_those_of_the_method(method: str) -> None:
    client = AsyncActuallyCare(KEY, transport=ScriptedTransport())
    plain = getattr(client.listings, method)
    raw = getattr(client.listings.with_raw_response, method)
    assert inspect.signature(raw).parameters == inspect.signature(plain).parameters
    assert inspect.getdoc(raw) == inspect.getdoc(plain) is not None
