"""Conversion of a lead into a client."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from actuallycare_sandbox.handlers.leads import client_from_lead

LEAD = {
    "name": "Bravo van Sample",
    "email": "bravo@example.com",
    "phone": "(661) 555-0101",
    "source": "Referral",
    "lead_type": "seller",
    "budget": 380_000,
    "timeline": "3-6 months",
}


@pytest.mark.asyncio
async def test_convert_lead_once(api: httpx.AsyncClient) -> None:
    lead = (await api.post("/leads", json=LEAD)).json()["data"]
    response = await api.post(f"/leads/{lead['id']}/convert")
    assert response.status_code == 200
    client = response.json()["data"]["client"]
    assert client["lead_id"] == lead["id"]
    assert (client["first_name"], client["last_name"]) == ("Bravo", "van Sample")
    assert (client["client_type"], client["budget_max"]) == ("seller", 380_000)
    assert (await api.get(f"/clients/{client['id']}")).json()["data"] == client
    converted = (await api.get(f"/leads/{lead['id']}")).json()["data"]
    assert (converted["status"], converted["converted_to_client_id"]) == ("converted", client["id"])
    again = await api.post(f"/leads/{lead['id']}/convert", json={"client_type": "buyer"})
    assert (again.status_code, again.json()["error"]["code"]) == (409, "CONFLICT")


@pytest.mark.asyncio
async def test_keep_source_and_timeline_after_conversion(api: httpx.AsyncClient) -> None:
    lead = (await api.post("/leads", json=LEAD)).json()["data"]
    await api.post(f"/leads/{lead['id']}/convert", json={"client_type": "both"})
    changes = {"source": "Other", "timeline": "now", "notes": "changed"}
    after = (await api.put(f"/leads/{lead['id']}", json=changes)).json()["data"]
    assert (after["source"], after["timeline"], after["notes"]) == (
        "Referral",
        "3-6 months",
        "changed",
    )


@pytest.mark.parametrize(
    ("lead", "wanted", "client"),
    [
        ({"lead_type": "seller"}, {}, {"client_type": "seller"}),
        ({"lead_type": "seller"}, {"client_type": "both"}, {"client_type": "both"}),
        ({"lead_type": "investor"}, {}, {"client_type": "buyer"}),
        ({"lead_type": None}, {}, {"client_type": "buyer"}),
        ({"name": "Mono"}, {}, {"first_name": "Mono", "last_name": ""}),
        ({"name": "  Two  Words "}, {}, {"first_name": "Two", "last_name": " Words"}),
    ],
)
def test_build_client_from_lead(
    lead: dict[str, Any], wanted: dict[str, Any], client: dict[str, Any]
) -> None:
    built = client_from_lead({"id": "1", "name": "A B", "lead_type": None} | lead, wanted)
    assert client.items() <= built.items()
