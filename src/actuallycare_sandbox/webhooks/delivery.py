"""Webhook deliveries as values: content, signature and retries. Pure.

Source: docs.actuallycare.com/api/reference/webhooks and /concepts/webhooks. These do not publish
the names inside the payload's envelope or the waits between attempts: see `..dialects`.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from ..clock import timestamp
from ..dialects.dialect import PUBLISHED, Dialect
from ..json_value import Record
from ..spec.undocumented_rules import DELIVERY_ATTEMPTS
from .event_catalog import ALL, TEST_EVENT, payload


def subscribed(webhook: Mapping[str, Any], event: str) -> bool:
    """Whether a subscription is active and includes an event."""
    return bool(webhook["active"]) and (event in webhook["events"] or ALL in webhook["events"])


def new_delivery(
    webhook: Mapping[str, Any],
    event: str,
    record: Record,
    now: datetime,
    dialect: Dialect = PUBLISHED,
) -> Record:
    """Return a delivery that is due now."""
    at = timestamp(now)
    body = {"event": event, "timestamp": at, "data": payload(event, record)}
    return {
        "id": f"del_{uuid.uuid4().hex[:16]}",
        "webhook_id": webhook["id"],
        "event": event,
        "payload": dialect.deliver(body),
        "status": "pending",
        "attempts": 0,
        "response_status": None,
        "error": None,
        "created_at": at,
        "delivered_at": None,
        "next_attempt_at": at,
    }


def new_test_delivery(webhook: Mapping[str, Any], now: datetime, dialect: Dialect) -> Record:
    """Return a delivery of the event `webhook.test`, which reports no change."""
    message = "This is a test webhook from ActuallyCare"
    return new_delivery(webhook, TEST_EVENT, {"test": True, "message": message}, now, dialect)


def signed(delivery: Mapping[str, Any], secret: str) -> tuple[bytes, dict[str, str]]:
    """Return the body and the headers of a delivery; the signature covers the body only."""
    body = json.dumps(delivery["payload"], ensure_ascii=False, separators=(",", ":")).encode()
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return body, {
        "Content-Type": "application/json",
        "User-Agent": "ActuallyCare-Sandbox-Webhooks",
        "X-Webhook-Event": delivery["event"],
        "X-Webhook-Timestamp": delivery["payload"]["timestamp"],
        "X-Webhook-Signature": f"sha256={signature}",
    }


def after_attempt(
    delivery: Record,
    now: datetime,
    status: int | None,
    error: str | None,
    waits: Sequence[float],
    *,
    retries_statuses: bool = True,
    ended: bool = False,
) -> Record:
    """Return the delivery after an attempt.

    A 2xx completes it. Otherwise it is due again, until `DELIVERY_ATTEMPTS` are used up. Without
    `retries_statuses`, any other status ends it at once. Of an `ended` delivery, whose webhook was
    deleted meanwhile, this attempt is the last.
    """
    attempts = int(delivery["attempts"]) + 1
    result: Record = {"attempts": attempts, "response_status": status, "error": error}
    if status is not None and 200 <= status < 300:
        done = {"status": "delivered", "delivered_at": timestamp(now), "next_attempt_at": None}
        return delivery | result | done
    is_last = ended or attempts >= DELIVERY_ATTEMPTS
    if is_last or not (status is None or retries_statuses):
        return delivery | result | {"status": "failed", "next_attempt_at": None}
    wait = waits[min(attempts, len(waits)) - 1] if waits else 0.0
    return delivery | result | {"next_attempt_at": timestamp(now + timedelta(seconds=wait))}


def on_this_machine(url: str) -> bool:
    """Whether the host of a URL is the loopback interface."""
    try:
        host = urlsplit(url).hostname or ""
        if host == "localhost" or host.endswith(".localhost"):
            return True
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
