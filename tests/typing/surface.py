"""Typical uses of options, raw requests, views and test helpers; read by the type checkers only."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Generator
from datetime import timedelta
from typing import Any, Literal, Unpack, assert_type

import httpx

from actuallycare import (
    UNSET,
    ActuallyCare,
    APIConnectionError,
    APIResponse,
    APIStatusError,
    AsyncActuallyCare,
    CallOptions,
    ConflictError,
    File,
    Login,
    NotFoundError,
    Pacer,
    Page,
    Pager,
    RetryPolicy,
    VersionConflictError,
    WaitEvent,
    bulk,
    testing,
)
from actuallycare.models import Lead, Listing


async def options_of_a_call(client: AsyncActuallyCare) -> None:
    listing = await client.listings.get(
        "1",
        extra_headers={"X-Trace": "1", "User-Agent": None},
        extra_query={"include": ["notes"], "at": None},
        extra_body={"field": UNSET},
        timeout=None,
    )
    assert_type(listing, Listing)
    assert_type(client.listings.list(timeout=5), Pager[Listing])
    raw = await client.listings.with_raw_response.get("1", timeout=5)
    assert_type(raw, APIResponse[Listing])
    await client.listings.get("1", timeout="5")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    await client.listings.get("1", extra_header={})  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    await client.listings.get("1", extra_headers={"X": 1})  # type: ignore[dict-item]  # pyright: ignore[reportArgumentType]


async def wrapper(client: AsyncActuallyCare, id: str, **options: Unpack[CallOptions]) -> Listing:
    return await client.listings.get(id, **options)


class House:
    """A model in the style of pydantic."""

    def __init__(self, rooms: int) -> None:
        self.rooms = rooms

    @classmethod
    def model_validate(cls, value: Any) -> House:
        return cls(value["rooms"])


def count(payload: Any) -> int:
    return len(payload)


async def requests(client: AsyncActuallyCare) -> None:
    assert_type(await client.request("GET", "/open-houses", params={"page": 2}), Any)
    assert_type(await client.request("GET", "/x", cast_to=Listing), Listing)
    assert_type(await client.request("GET", "/x", cast_to=list[Listing]), list[Listing])
    assert_type(await client.request("GET", "/x", cast_to=House), House)
    assert_type(await client.request("GET", "/x", cast_to=count), int)
    assert_type(await client.request("GET", "/x.pdf", cast_to=bytes), bytes)
    await client.request("POST", "/x", json={"a": 1}, headers={"X": "1"}, timeout=5, auth="bearer")
    assert_type(await client.request("GET", "/x", cast_to=str, timeout=httpx.Timeout(5)), str)
    assert_type(client.pages("/x", cast_to=Listing, timeout=timedelta(seconds=5)), Pager[Listing])
    await client.request("POST", "/x", files={"photo": File(b"")}, data={"title": "A"})
    assert_type(await client.request_raw("GET", "/x"), APIResponse[Any])
    assert_type(await client.request_raw("GET", "/x", cast_to=Listing), APIResponse[Listing])
    assert_type(client.pages("/x", params={"limit": 100}), Pager[Any])
    assert_type(client.pages("/x", items="houses", cast_to=House), Pager[House])
    await client.request("GET", "/x", auth="basic")  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]


class Tenant(AsyncActuallyCare):
    name: str


async def rotating() -> str:
    return "0" * 64


def views(client: AsyncActuallyCare, tenant: Tenant, waited: Callable[[WaitEvent], None]) -> None:
    assert_type(client.with_options(api_key="…", timeout=2.0), AsyncActuallyCare)
    assert_type(tenant.with_options(token=Login("a@example.com", "…")), Tenant)
    client.with_options(extra_headers={"X": "1"}, extra_query={"a": 1}, extra_body={"b": 2})
    client.with_options(retry=RetryPolicy(retry_unsafe=True), rate_limiter=Pacer(), on_wait=waited)
    client.with_options(color="red")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    AsyncActuallyCare(
        rotating,
        default_headers={"X": "1"},
        default_query={"a": 1},
        app_info="app/1",
        on_wait=print,
    )


async def save(client: AsyncActuallyCare, lead: Lead) -> Lead | None:
    try:
        return await client.leads.update(lead.id, notes="…", extra_body={"version": 3})
    except VersionConflictError as conflict:
        assert_type(conflict.current_version, int | str | None)
        assert_type(conflict.may_have_succeeded, bool)
    except APIStatusError as error:
        assert_type(error.retry_after, float | None)
        assert_type(error.request_id, str | None)
        assert_type(error.operation, str)
    return None


class Store:
    """A journal needs no `close`."""

    def state(self, key: str) -> bulk.State | None:
        return "done" if key else None

    def start(self, key: str) -> None: ...

    def finish(
        self, key: str, state: Literal["done", "failed", "unknown"], note: str = ""
    ) -> None: ...


def bulk_runs(client: AsyncActuallyCare) -> None:
    run = bulk.run(["1"], client.leads.get, key=str, journal=Store())
    assert_type(run, AsyncGenerator[bulk.BulkResult[str, Lead]])


def blocking_bulk_runs(client: ActuallyCare) -> None:
    run = bulk.run_blocking(["1"], client.leads.get, key=str, journal=Store())
    assert_type(run, Generator[bulk.BulkResult[str, Lead]])
    rows = bulk.run_blocking(client.leads.list(), lambda lead: client.leads.get(str(lead.id)))
    for result in rows:
        assert_type(result, bulk.BulkResult[Lead, Lead])


def helpers() -> None:
    assert_type(testing.error(NotFoundError, code="NOT_FOUND"), NotFoundError)
    assert_type(testing.error(APIConnectionError, sent=False), APIConnectionError)
    assert issubclass(VersionConflictError, ConflictError)
    listing = testing.record(Listing, status="active")
    assert_type(listing, Listing)
    assert_type(testing.page([listing]), Page[Listing])
    assert_type(testing.pager([listing]), Pager[Listing])
