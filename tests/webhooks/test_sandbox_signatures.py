"""The sandbox signs on its own; the SDK accepts each of its deliveries and no tampered one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from actuallycare.webhooks import WebhookVerificationError, verify
from actuallycare_sandbox import Settings
from actuallycare_sandbox.webhooks.delivery import Record, after_attempt, new_delivery, signed
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
