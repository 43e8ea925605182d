"""Plans, checkout and subscription."""

from __future__ import annotations

import httpx
import pytest


@pytest.mark.asyncio
async def test_hide_checkout_identifiers_of_public_plans(
    anonymous: httpx.AsyncClient, broker: httpx.AsyncClient
) -> None:
    public = (await anonymous.get("/billing/public-plans")).json()
    inner = (await broker.get("/billing/plans")).json()
    assert set(public) == {"success", "data"}
    assert set(public["data"]) == {"plans", "currency", "version"}
    assert "monthlyPriceId" not in public["data"]["plans"][0]
    assert inner["data"]["plans"][0].items() > public["data"]["plans"][0].items()
    assert (await anonymous.get("/billing/plans")).status_code == 401


@pytest.mark.asyncio
async def test_start_trial_at_checkout(broker: httpx.AsyncClient) -> None:
    for request in (("GET", "/billing/subscription"), ("POST", "/billing/portal")):
        assert (await broker.request(*request)).status_code == 404
    body = {"planKey": "team", "interval": "yearly", "seats": 7}
    url = (await broker.post("/billing/checkout", json=body)).json()["data"]["url"]
    assert url.startswith("https://billing.example.com/")
    subscription = (await broker.get("/billing/subscription")).json()["data"]
    assert (subscription["status"], subscription["plan"], subscription["seats"]) == (
        "trialing",
        "team",
        7,
    )
    assert (await broker.post("/billing/portal")).status_code == 200


@pytest.mark.asyncio
async def test_check_out_without_account(anonymous: httpx.AsyncClient) -> None:
    response = await anonymous.post("/billing/public-checkout", json={"email": "new@example.com"})
    assert response.json()["data"]["url"].startswith("https://")
