"""Deliveries as values."""

from __future__ import annotations

from typing import Any

import pytest

from actuallycare_sandbox import Backend
from actuallycare_sandbox.clock import timestamp
from actuallycare_sandbox.webhooks.delivery import after_attempt, on_this_machine, subscribed


@pytest.mark.parametrize(
    ("webhook", "wanted"),
    [
        ({"active": True, "events": ["lead.created"]}, True),
        ({"active": True, "events": ["all"]}, True),
        ({"active": True, "events": ["lead.updated"]}, False),
        ({"active": True, "events": ["lead"]}, False),
        ({"active": False, "events": ["all"]}, False),
    ],
)
def test_match_subscription_and_event(webhook: dict[str, Any], wanted: bool) -> None:
    assert subscribed(webhook, "lead.created") is wanted


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:8000/x", True),
        ("http://127.9.9.9/x", True),
        ("http://localhost/x", True),
        ("http://a.localhost:1/x", True),
        ("http://[::1]/x", True),
        ("https://example.com/x", False),
        ("http://10.0.0.1/x", False),
        ("http://localhost.example.com/x", False),
        ("http://[broken/x", False),
        ("urn:x", False),
        ("", False),
    ],
)
def test_recognize_loopback_url(url: str, here: bool) -> None:
    assert on_this_machine(url) is here


@pytest.mark.parametrize(
    ("attempts", "status", "outcome"),
    [
        (0, 200, ("delivered", None)),
        (3, 299, ("delivered", None)),
        (0, 300, ("pending", 10.0)),
        (1, None, ("pending", 20.0)),
        (2, 500, ("pending", 20.0)),
        (3, 500, ("failed", None)),
    ],
)
def test_update_delivery_after_attempt(
    backend: Backend, attempts: int, status: int | None, outcome: tuple[str, float | None]
) -> None:
    now = backend.clock.now()
    after = after_attempt(
        {"attempts": attempts, "status": "pending"}, now, status, None, (10.0, 20.0)
    )
    backend.clock.advance(outcome[1] or 0)
    due = None if outcome[1] is None else timestamp(backend.clock.now())
    assert (after["status"], after["next_attempt_at"]) == (outcome[0], due)
    assert after["attempts"] == attempts + 1
