"""Invalid request bodies and fields."""

from __future__ import annotations

import httpx
import pytest

JSON = {"Content-Type": "application/json"}


@pytest.mark.asyncio
async def test_name_every_invalid_field(api: httpx.AsyncClient) -> None:
    body = {"list_price": "dear", "bedrooms": 1.5, "status": "lost", "listing_date": "tomorrow"}
    response = await api.post("/listings", json=body)
    assert response.status_code == 400
    error = response.json()["error"]
    assert (error["code"], error["message"]) == ("VALIDATION_ERROR", "Validation failed")
    problems = {d["field"]: d["message"] for d in error["details"]}
    assert problems == {
        "address": "address is required",
        "bedrooms": "bedrooms must be integer or null",
        "list_price": "list_price must be number",
        "listing_date": "listing_date must be a valid date",
        "status": "status must be one of: active, pending, sold, withdrawn, expired",
    }


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"{", JSON),
        (b"", JSON),
        (b"\xff", JSON),
        (b"[]", JSON),
        (b"null", JSON),
        (b'{"address": "x", "list_price": NaN}', JSON),
        (b'{"address": "\\ud800", "list_price": 1}', JSON),
        (b"[" * 100_000, JSON),
        (b'{"address": "x", "list_price": ' + b"9" * 5_000 + b"}", JSON),
        (b'{"address": "x", "list_price": 1}', {"Content-Type": "text/plain"}),
        (b'{"address": "x", "list_price": 1}', {}),
        (b"{}" + b" " * 1_000_000, JSON),
    ],
    ids=[
        "cut off",
        "empty",
        "no UTF-8",
        "array",
        "null",
        "NaN",
        "half a surrogate pair",
        "deep",
        "endless number",
        "text/plain",
        "no type",
        "over the limit",
    ],
)
async def test_reject_invalid_body(
    api: httpx.AsyncClient, body: bytes, headers: dict[str, str]
) -> None:
    response = await api.post("/listings", content=body, headers=headers)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "VALIDATION_ERROR"
    assert response.json()["error"]["details"][0]["field"] == "body"
