"""Webhook deliveries as values: what is sent, how it is signed, when it is tried again. Pure.

Source: docs.actuallycare.com/api/reference/webhooks, /concepts/webhooks. Not published there, and
so the sandbox's own: the names inside the payload's envelope, and the waits between attempts.
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
from ..json_value import Record
from ..spec.undocumented_rules import DELIVERY_ATTEMPTS
from .event_catalog import ALL, payload


def subscribed(webhook: Mapping[str, Any], event: str) -> bool:
    """Whether a subscription wants an event."""
    return bool(webhook["active"]) and (event in webhook["events"] or ALL in webhook["events"])


def new_delivery(webhook: Mapping[str, Any], event: str, record: Record, now: datetime) -> Record:
    """A delivery that is due at once."""
    at = timestamp(now)
    return {
        "id": f"del_{uuid.uuid4().hex[:16]}",
        "webhook_id": webhook["id"],
        "event": event,
        "payload": {"event": event, "timestamp": at, "data": payload(event, record)},
        "status": "pending",
        "attempts": 0,
        "response_status": None,
        "error": None,
        "created_at": at,
        "delivered_at": None,
        "next_attempt_at": at,
    }


def signed(delivery: Mapping[str, Any], secret: str) -> tuple[bytes, dict[str, str]]:
    """The exact body of a delivery and its headers; the signature covers the body alone."""
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
    delivery: Record, now: datetime, status: int | None, error: str | None, waits: Sequence[float]
) -> Record:
    """The delivery after an attempt: delivered by a 2xx, else due again until attempts run out."""
    attempts = int(delivery["attempts"]) + 1
    told: Record = {"attempts": attempts, "response_status": status, "error": error}
    if status is not None and 200 <= status < 300:
        done = {"status": "delivered", "delivered_at": timestamp(now), "next_attempt_at": None}
        return delivery | told | done
    if attempts >= DELIVERY_ATTEMPTS:
        return delivery | told | {"status": "failed", "next_attempt_at": None}
    wait = waits[min(attempts, len(waits)) - 1] if waits else 0.0
    return delivery | told | {"next_attempt_at": timestamp(now + timedelta(seconds=wait))}


def on_this_machine(url: str) -> bool:
    """Whether a URL leads to the loopback interface."""
    try:
        host = urlsplit(url).hostname or ""
        if host == "localhost" or host.endswith(".localhost"):
            return True
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
