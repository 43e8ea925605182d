"""The sandbox signs on its own; the SDK accepts each of its deliveries and no tampered one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from actuallycare.webhooks import WebhookVerificationError, unwrap, verify
from actuallycare_sandbox import Settings
from actuallycare_sandbox.dialects.dialect import OLDER, PUBLISHED, Dialect
from actuallycare_sandbox.dialects.older import TEAM_ID
from actuallycare_sandbox.webhooks.delivery import (
    Record,
    after_attempt,
    new_delivery,
    new_test_delivery,
    signed,
)
from actuallycare_sandbox.webhooks.event_catalog import CATALOG, EventType
from tests.webhooks.deliveries import OTHER, SECRET

START = datetime(2026, 6, 11, 18, 24, 9, tzinfo=UTC)
WAITS = Settings().retry_seconds
EVENTS = pytest.mark.parametrize("event", CATALOG.values(), ids=list(CATALOG))


def delivery_of(event: EventType) -> Record:
    webhook = {"id": "wh_abc123def456", "active": True, "events": ["all"]}
    record = {name: f"Zoë's {name} 🏡" for name in event.payload}
    return new_delivery(webhook, event.name, record, START)


def refused(body: bytes, headers: dict[str, str], secret: str = SECRET) -> bool:
    try:
        verify(body, headers, secret, now=START)
    except WebhookVerificationError:
        return True
    return False


@EVENTS
def test_each_event_is_accepted_at_each_attempt(event: EventType) -> None:
    delivery, now, attempts = delivery_of(event), START, 0
    while delivery["status"] == "pending":
        body, headers = signed(delivery, SECRET)
        verify(body, headers, SECRET, now=now)
        attempts += 1
        delivery = after_attempt(delivery, now, 500, "answered 500", WAITS)
        now += timedelta(seconds=WAITS[min(attempts, len(WAITS)) - 1])
    assert attempts == 4


@pytest.mark.parametrize(("dialect", "team"), [(PUBLISHED, None), (OLDER, TEAM_ID)])
def test_the_test_event_is_accepted(dialect: Dialect, team: str | None) -> None:
    webhook = {"id": "wh_abc123def456", "active": True, "events": ["lead.created"]}
    body, headers = signed(new_test_delivery(webhook, START, dialect), SECRET)
    event = unwrap(body, headers, SECRET, now=START)
    assert event.is_test
    assert event.data["test"] is True
    assert event.team_id == team


def test_text_numbers_of_a_delivery_are_numbers() -> None:
    webhook = {"id": "wh_abc123def456", "active": True, "events": ["all"]}
    listing = {"id": "1", "list_price": 425_000.5}
    body, headers = signed(new_delivery(webhook, "listing.created", listing, START, OLDER), SECRET)
    assert b'"425000.50"' in body
    event = unwrap(body, headers, SECRET, now=START)
    assert event.data.list_price == 425_000.5


@EVENTS
def test_no_byte_of_a_delivery_can_be_changed(event: EventType) -> None:
    body, headers = signed(delivery_of(event), SECRET)
    for place in range(len(body)):
        changed = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        assert refused(changed, headers), place


@EVENTS
def test_no_header_of_a_delivery_can_be_changed(event: EventType) -> None:
    body, headers = signed(delivery_of(event), SECRET)
    assert refused(body, headers, OTHER)
    for name in (name for name in headers if name.startswith("X-Webhook-")):
        assert refused(body, {k: v for k, v in headers.items() if k != name}), f"no {name}"
        assert refused(body, headers | {name: ""}), f"empty {name}"
        assert refused(body, headers | {name: headers[name][:-1] + "?"}), f"another {name}"
