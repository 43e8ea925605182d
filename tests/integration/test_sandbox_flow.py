"""The whole chain over a real socket: the SDK against the local ActuallyCare."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest

from actuallycare import (
    AsyncActuallyCare,
    AuthenticationError,
    BadRequestError,
    ConfigurationError,
    NotFoundError,
    Pacer,
    RateLimitError,
    RetryEvent,
    RetryPolicy,
)
from actuallycare_sandbox import Limit, Limits, RunningSandbox, Settings, run_sandbox

MANY = Limit(1_000_000, 900)


@pytest.fixture(scope="module")
def sandbox(dialect: Any) -> Iterator[RunningSandbox]:
    """One sandbox for the module; tests leave its seeded records as they are."""
    limits = Limits(MANY, MANY, MANY, MANY)
    with run_sandbox(Settings(records=1_000, limits=limits, dialect=dialect)) as running:
        yield running


def connect(sandbox: RunningSandbox, **options: Any) -> AsyncActuallyCare:
    return AsyncActuallyCare(sandbox.api_key, base_url=sandbox.base_url, **options)


@pytest.mark.anyio
@pytest.mark.parametrize("resource", ["listings", "clients", "leads", "escrows", "appointments"])
async def test_every_record_of_every_page_comes_once(
    sandbox: RunningSandbox, resource: str
) -> None:
    async with connect(sandbox) as client:
        group: Any = getattr(client, resource)
        page = await group.list(limit=7)
        one_by_one = [item.id async for item in group.list(limit=7)]
        by_pages = [item.id async for page in group.list().pages() for item in page.items]
        at_once = [item.id for item in await group.list().collect(concurrency=4)]
    assert page.meta.total == len(one_by_one) > 25
    assert len(set(one_by_one)) == len(one_by_one)
    assert one_by_one == by_pages == at_once


@pytest.mark.anyio
async def test_filters_reach_the_server(sandbox: RunningSandbox) -> None:
    async with connect(sandbox) as client:
        found = await client.listings.list(status="active", min_price=500_000).collect()
        everything = await client.listings.list().collect()
    assert 0 < len(found) < len(everything)
    assert {listing.status for listing in found} == {"active"}
    assert min(listing.list_price or 0 for listing in found) >= 500_000


@pytest.mark.anyio
async def test_a_record_lives_and_dies(sandbox: RunningSandbox) -> None:
    async with connect(sandbox) as client:
        made = await client.listings.create(address="1 Test St", list_price=1, city="X")
        assert (made.address, made.list_price, made.city) == ("1 Test St", 1, "X")
        assert isinstance(made.created_at, datetime.datetime)
        changed = await client.listings.update(made.id, status="pending", city=None)
        assert (changed.status, changed.city, changed.address) == ("pending", None, "1 Test St")
        assert await client.listings.get(made.id) == changed
        await client.listings.delete(made.id)
        with pytest.raises(NotFoundError) as caught:
            await client.listings.get(made.id)
        assert caught.value.code == "NOT_FOUND"


@pytest.mark.anyio
async def test_a_validation_error_names_the_fields(sandbox: RunningSandbox) -> None:
    async with connect(sandbox) as client:
        with pytest.raises(BadRequestError) as caught:
            await client.listings.create(address="1 Test St", list_price=-1)
    error = caught.value
    assert error.code == "VALIDATION_ERROR"
    assert "list_price" in str(error)


@pytest.mark.anyio
async def test_a_raw_response_has_status_headers_and_rate_limit(sandbox: RunningSandbox) -> None:
    async with connect(sandbox) as client:
        assert client.rate_limit is None
        response = await client.listings.with_raw_response.list(limit=1)
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("application/json")
        assert response.rate_limit is not None
        assert response.rate_limit == client.rate_limit
        assert isinstance(response.timestamp, datetime.datetime)
        assert len(response.data.items) == 1


@pytest.mark.anyio
async def test_each_kind_of_credential_is_accepted(sandbox: RunningSandbox) -> None:
    async with connect(sandbox) as client:
        with pytest.raises(ConfigurationError):
            await client.contacts.list()
        login = await client.auth.login(email=sandbox.email, password=sandbox.password)
    assert sandbox.password not in repr(login)
    assert str(login.token) not in repr(login)
    async with connect(sandbox, token=login.token) as client:
        assert (await client.contacts.list()).items
        assert [item.id async for item in client.api_keys.list()]
    async with AsyncActuallyCare("0" * 64, base_url=sandbox.base_url) as stranger:
        with pytest.raises(AuthenticationError):
            await stranger.listings.list()


@pytest.mark.anyio
async def test_an_operation_that_accepts_no_key_says_what_to_do(sandbox: RunningSandbox) -> None:
    async with connect(sandbox, token=sandbox.token()) as client:
        with pytest.raises(AuthenticationError, match=r"auth='bearer'.*with_options\(token=…\)"):
            await client.request("GET", "/contacts")
        assert await client.request("GET", "/contacts", auth="bearer")
        view = client.with_options(token=sandbox.token())
        assert await view.request("GET", "/contacts")


@pytest.mark.anyio
async def test_pages_requested_at_once_keep_inside_the_budget(dialect: Any) -> None:
    limits = Limits(Limit(4, 1), MANY, MANY, MANY)
    settings = Settings(records=100, limits=limits, dialect=dialect)
    retried: list[RetryEvent] = []

    with run_sandbox(settings) as small:
        async with connect(small, rate_limiter=Pacer(), on_retry=retried.append) as client:
            first = await client.listings.list()
            total = first.meta.total
            assert total is not None
            listings = client.listings.list(limit=-(-total // 6))
            gathered = await listings.collect(concurrency=4)
            async with listings.prefetch(3) as rows:
                read = [row.id async for row in rows]
    assert len(gathered) == total
    assert [row.id for row in gathered] == read
    assert retried == []


@pytest.mark.anyio
async def test_a_rate_limit_is_waited_out_over_a_real_socket(dialect: Any) -> None:
    limits = Limits(Limit(3, 1), MANY, MANY, MANY)
    settings = Settings(records=100, limits=limits, dialect=dialect)

    with run_sandbox(settings) as small:
        async with connect(small) as client:
            for _ in range(4):
                await client.listings.list(limit=1)
            assert client.rate_limit is not None
            assert client.rate_limit.limit == 3
        once = RetryPolicy(max_attempts=1)
        async with connect(small, retry=once) as client:
            while client.rate_limit is None or client.rate_limit:
                await client.listings.list(limit=1)
            with pytest.raises(RateLimitError) as caught:
                await client.listings.list(limit=1)
    assert caught.value.retry_after is not None
    assert 0 < caught.value.retry_after <= 1
