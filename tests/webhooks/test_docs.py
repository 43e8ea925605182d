"""What docs/webhooks.md says is what happens."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import httpx
import pytest
from fastapi import FastAPI

from actuallycare.webhooks import CLOCK_SKEW, TOLERANCE, VerificationReason
from actuallycare.webhooks.asgi import WebhookReceiver, receiver
from tests.webhooks.asgi.serving import served
from tests.webhooks.deliveries import SECRET, delivery, encoded

TEXT = (Path(__file__).resolve().parents[2] / "docs/webhooks.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return TEXT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_the_table_of_reasons_is_complete() -> None:
    named = re.findall(r"`(\w+)`", section("Why a delivery is rejected"))
    assert set(named) >= set(get_args(VerificationReason))


def test_the_table_of_answers_is_complete() -> None:
    answers = [
        value for value in vars(receiver).values() if isinstance(value, receiver.StatusResponse)
    ]
    rows = [line for line in section("The receiver").splitlines() if line.startswith("| ")]
    for answer in answers:
        assert any(str(answer.status) in row for row in rows), answer
        if answer.status != 405:
            assert any(f"`{answer.reason}`" in row for row in rows), answer
    assert len(answers) >= 7


def test_the_defaults_are_those_that_the_text_names() -> None:
    assert f"{TOLERANCE:,.0f} seconds" in TEXT
    assert f"{CLOCK_SKEW:.0f} seconds" in TEXT


def test_the_receiver_that_the_text_shows_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
    code, *_ = re.findall(r"```python\n(.*?)```", section("The receiver"), re.DOTALL)
    shown: dict[str, Any] = {}
    exec(code, shown)  # noqa: S102
    assert isinstance(shown["app"], FastAPI)
    assert isinstance(shown["receiver"], WebhookReceiver)
    with served(shown["app"]) as url:
        answer = httpx.post(f"{url}/hooks/actuallycare", content=b"{}")
    assert (answer.status_code, answer.json()) == (401, {"status": "signature_missing"})


def test_the_route_that_the_text_shows_runs() -> None:
    [code] = re.findall(r"```python\n(.*?)```", section("In your own route"), re.DOTALL)
    shown: dict[str, Any] = {"SECRET": SECRET}
    exec(code, shown)  # noqa: S102
    at = datetime.now(UTC)
    good, unreadable = delivery(encoded(at=at), at=at), delivery(b"[]", at=at)
    with served(shown["app"]) as url:
        sent = [good, unreadable, good.with_header("X-Webhook-Signature", "sha256=")]
        answers = [
            httpx.post(f"{url}/hooks/actuallycare", content=d.body, headers=list(d.headers))
            for d in sent
        ]
    assert [(a.status_code, a.text) for a in answers] == [
        (204, ""),
        (422, "unreadable"),
        (401, "signature_malformed"),
    ]
