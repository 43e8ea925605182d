"""Typical uses, read by the type checkers and never run: what users see in their editors."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any, assert_type

import httpx
from opentelemetry.metrics import MeterProvider
from opentelemetry.trace import TracerProvider
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from actuallycare import (
    UNSET,
    ActuallyCare,
    APIResponse,
    APIStatusError,
    AsyncActuallyCare,
    Pacer,
    Page,
    Pager,
    RateLimit,
    RateLimitError,
    RetryPolicy,
    models,
    webhooks,
)
from actuallycare.blocking import BlockingIterator, BlockingPager
from actuallycare.models import Listing, ListingStatus
from actuallycare.telemetry import OpenTelemetry
from actuallycare.testing import InstantClock, instant
from actuallycare.webhooks import VerificationReason, WebhookEvent, WebhookVerificationError
from actuallycare.webhooks.asgi import WebhookReceiver


async def lists(client: AsyncActuallyCare) -> None:
    pager = client.listings.list(status="active", min_price=300_000)
    assert_type(pager, Pager[Listing])
    async for listing in pager:
        assert_type(listing, Listing)
        assert_type(listing.id, str)
        assert_type(listing.list_price, float | None)
        assert_type(listing.status, ListingStatus | str | None)
        assert_type(listing.created_at, datetime.datetime | None)
        assert_type(listing.additional_properties, Mapping[str, Any])
        assert_type(listing.to_dict(mode="json", by="wire"), dict[str, Any])
        assert_type(listing.to_json(), str)
    page = await client.listings.list(limit=100)
    assert_type(page, Page[Listing])
    assert_type(page.items, list[Listing])
    assert_type(page.meta.total, int | None)
    assert_type(page.has_more, bool)
    async for leads in client.leads.list().pages():
        assert_type(leads, Page[models.Lead])
    assert_type(
        await client.clients.list().collect(concurrency=4, limit=5_000), list[models.Client]
    )
    await client.listings.list(status="on_hold")  # the vendor may add values
    await client.listings.list(colour="red")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


async def records(client: AsyncActuallyCare) -> None:
    listing = await client.listings.create(address="1 Main St", list_price=425_000)
    assert_type(listing, Listing)
    assert_type(await client.listings.update(listing.id, status="pending", city=None), Listing)
    assert_type(await client.listings.update(listing.id, city=UNSET), Listing)
    assert_type(await client.listings.delete(listing.id), None)
    await client.listings.create(address="1 Main St")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    await client.listings.update(listing.id, status=None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert_type(await client.leads.convert("id", client_type="buyer"), models.Client)
    await client.appointments.create(
        title="Showing",
        start_time=datetime.datetime(2026, 7, 10, 17, tzinfo=datetime.UTC),
        end_time=datetime.datetime(2026, 7, 10, 18, tzinfo=datetime.UTC),
    )


async def write_back(client: AsyncActuallyCare, listing: Listing) -> None:
    """Fields that were read are accepted where they are sent, without a cast."""
    if models.is_listing_status(listing.status):
        assert_type(listing.status, ListingStatus)
        await client.listings.update(listing.id, status=listing.status)
    await client.listings.update(
        listing.id,
        bathrooms=listing.bathrooms,
        bedrooms=listing.bedrooms,
        city=listing.city,
        expiration_date=listing.expiration_date,
        list_price=listing.list_price or UNSET,
        lot_size=listing.lot_size,
        year_built=listing.year_built,
    )
    AsyncActuallyCare(strict=True)


async def write_back_references(
    client: AsyncActuallyCare, appointment: models.Appointment, escrow: models.Escrow
) -> None:
    if appointment.start_time is not None:
        await client.appointments.update(appointment.id, start_time=appointment.start_time)
    if escrow.purchase_price is not None:
        await client.escrows.update(escrow.id, purchase_price=escrow.purchase_price)


async def replies(client: AsyncActuallyCare) -> None:
    response = await client.listings.with_raw_response.get("id")
    assert_type(response, APIResponse[Listing])
    assert_type(response.rate_limit, RateLimit | None)
    assert_type(response.timestamp, datetime.datetime | None)
    assert_type(await client.listings.with_raw_response.list(), APIResponse[Page[Listing]])
    assert_type(await client.listings.with_raw_response.delete("id"), APIResponse[None])


async def keys_and_scopes(client: AsyncActuallyCare) -> None:
    made = await client.api_keys.create(name="Reporting", scopes={"escrows": ["read", "write"]})
    assert_type(made, models.CreatedApiKey)
    assert_type(made.key, str | None)
    assert_type(made.scopes, dict[str, list[models.ApiKeyAction | str]] | None)
    await client.api_keys.revoke(made.id)
    login = await client.auth.login(email="agent@example.com", password="…")
    assert_type(login, models.AuthLogin)
    assert_type(login.token, str | None)
    assert_type(await client.webhooks.list_event_categories(), dict[str, list[str]])


async def options(client: AsyncActuallyCare) -> None:
    fast = client.with_options(timeout=2.0, retry=RetryPolicy(max_attempts=1))
    assert_type(fast, AsyncActuallyCare)
    assert_type(client.rate_limit, RateLimit | None)
    async with AsyncActuallyCare(http_client=httpx.AsyncClient(), timeout=None) as own:
        assert_type(own, AsyncActuallyCare)


def observed(tracers: TracerProvider, meters: MeterProvider) -> None:
    AsyncActuallyCare(telemetry=False)
    AsyncActuallyCare(telemetry=True)
    telemetry = OpenTelemetry(tracer_provider=tracers, meter_provider=meters)
    AsyncActuallyCare(telemetry=telemetry)
    AsyncActuallyCare(telemetry="yes")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def instantly(follow: Callable[[float], None]) -> None:
    with instant(follow) as clock:
        assert_type(clock, InstantClock)
        assert_type(clock.waits, list[float])
        AsyncActuallyCare(clock=clock, rate_limiter=Pacer(clock))


def errors(error: APIStatusError) -> None:
    assert_type(error.status_code, int)
    assert_type(error.code, str | None)
    if isinstance(error, RateLimitError):
        assert_type(error.retry_after, float | None)


def deliveries(body: bytes, headers: Mapping[str, str]) -> None:
    webhooks.verify(body, headers, ["new secret", "old secret"], tolerance=None)
    webhooks.verify(body, [(b"name", b"value")], b"a secret")
    try:
        event = webhooks.unwrap(body, httpx.Headers(headers), "a secret", tolerance=600)
    except WebhookVerificationError as error:
        assert_type(error.reason, VerificationReason)
        return
    assert_type(event, WebhookEvent)
    assert_type(event.name, str)
    assert_type(event.raw, Mapping[str, Any])
    match event.data:
        case models.Lead() as lead:
            assert_type(lead.email, str | None)
        case models.Listing() as listing:
            assert_type(listing.list_price, float | None)
        case _:
            assert_type(event.decode(models.Contact), models.Contact)


class SharedLog:
    async def acquire(self, key: str) -> bool:
        return bool(key)

    async def complete(self, key: str, *, done: bool) -> None:
        assert_type(done, bool)


async def receiving() -> None:
    async def on_event(event: WebhookEvent) -> None:
        assert_type(event.timestamp, datetime.datetime | None)

    async with WebhookReceiver(on_event, "a secret", store=SharedLog()) as receiver:
        assert_type(receiver, WebhookReceiver)
        Starlette(routes=[Route("/hooks", receiver), Mount("/more", receiver)])
    WebhookReceiver(print, "a secret")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def without_asyncio(client: ActuallyCare) -> None:
    pager = client.listings.list(status="active", deadline=5.0)
    assert_type(pager, BlockingPager[Listing])
    for listing in pager:
        assert_type(listing, Listing)
    assert_type(pager.first_page(), Page[Listing])
    for page in pager.pages():
        assert_type(page, Page[Listing])
    with closing(pager.items()) as items, closing(pager.pages()) as pages:
        assert_type(items, BlockingIterator[Listing])
        assert_type(pages, BlockingIterator[Page[Listing]])
    assert_type(pager.collect(concurrency=4), list[Listing])
    with pager.prefetch(2) as listings:
        assert_type(next(listings), Listing)
    assert_type(client.listings.get("1", deadline=None), Listing)
    assert_type(client.listings.delete("1"), None)
    assert_type(client.listings.with_raw_response.get("1"), APIResponse[Listing])
    assert_type(client.listings.with_raw_response.list(limit=1), APIResponse[Page[Listing]])
    assert_type(client.with_options(deadline=3.0, timeout=None), ActuallyCare)
    assert_type(client.rate_limit, RateLimit | None)
    client.listings.list(status="on_hold")  # the vendor may add values
    with ActuallyCare(token=lambda: "a.b.c") as made:
        assert_type(made, ActuallyCare)
