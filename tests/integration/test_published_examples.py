"""The vendor's published example responses decode as its pages say."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest

from actuallycare import (
    APIStatusError,
    AsyncActuallyCare,
    Page,
    RateLimitError,
    Response,
    RetryPolicy,
    models,
)
from actuallycare._core.errors import error_class
from actuallycare_sandbox.dialects.dialect import DIALECTS
from tests.fakes import ScriptedTransport

from .document import LOCK

FOLDER = Path(__file__).resolve().parents[1] / "examples" / "published"
EXAMPLES = {path.stem: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}
SUCCESSES = sorted(name for name, example in EXAMPLES.items() if example["operation"])
ERRORS = sorted(EXAMPLES.keys() - set(SUCCESSES))


def client(example: dict[str, Any], key: str, dialect: str) -> AsyncActuallyCare:
    write, operation = DIALECTS[dialect], example["operation"]
    body = copy.deepcopy(example["body"])
    body = write.succeed(operation, body) if operation else write.fail(body)
    content = json.dumps(body).encode()
    transport = ScriptedTransport(Response(example["status"], example["headers"], content))
    once = RetryPolicy(max_attempts=1)
    return AsyncActuallyCare(key, token="jwt", transport=transport, retry=once)


async def read(name: str, key: str, dialect: str) -> Any:
    example = EXAMPLES[name]
    resource, method = LOCK["operations"][example["operation"]]["name"].split(".")
    return await getattr(getattr(client(example, key, dialect), resource), method)()


@pytest.mark.asyncio
@pytest.mark.parametrize("name", SUCCESSES)
async def test_every_published_field_is_an_attribute(name: str, key: str, dialect: str) -> None:
    result = await read(name, key, dialect)
    for item in result.items if isinstance(result, Page) else [result]:
        for wire, value in item.to_dict(by="wire").items():
            attribute = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", wire).lower()
            assert getattr(item, attribute) is not None or value is None, wire


@pytest.mark.asyncio
async def test_the_quickstart_listing(key: str, dialect: str) -> None:
    page = await read("quickstart_listing", key, dialect)
    (listing,) = page.items
    assert listing == models.Listing(
        id="0d4f8a9c-3b2e-4f6a-9d1c-7e5b2a8f4c10",
        address="456 Oak Ave, Tehachapi, CA 93561",
        status="active",
        list_price=425000,
    )
    meta = page.meta
    assert (meta.page, meta.limit, meta.total, meta.total_pages, meta.has_more) == (
        1,
        25,
        1,
        1,
        False,
    )


@pytest.mark.asyncio
async def test_an_empty_page(key: str, dialect: str) -> None:
    page = await read("empty_clients", key, dialect)
    assert (page.items, page.meta.total, page.has_more) == ([], 0, False)


@pytest.mark.asyncio
async def test_the_event_catalog_keeps_its_totals(key: str, dialect: str) -> None:
    page = await read("webhook_events", key, dialect)
    assert page.items[0].payload == ["id", "status", "property_address", "escrow_number"]
    assert page.extra["meta"]["total"] == 150


@pytest.mark.asyncio
async def test_plans_count_cents(key: str, dialect: str) -> None:
    plans = await read("public_plans", key, dialect)
    assert plans.currency == "usd"
    assert plans.plans[0].price_monthly == 10_000


@pytest.mark.asyncio
@pytest.mark.parametrize("name", ERRORS)
async def test_a_published_error_is_its_class(name: str, key: str, dialect: str) -> None:
    example = EXAMPLES[name]
    with pytest.raises(APIStatusError) as caught:
        await client(example, key, dialect).clients.get("1")
    error, expected = caught.value, example["body"]["error"]
    assert type(error) is error_class(example["status"])
    assert (error.code, error.message) == (expected["code"], expected["message"])
    assert error.details == expected.get("details")
    assert error.error_id == example["body"].get("errorId")
    if isinstance(error, RateLimitError):
        assert error.retry_after == 840
