"""The guide's settings of Sentry, in a process of their own: Sentry changes other libraries."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tests.docs.blocks import ROOT, blocks_of

[SETTINGS] = (
    block.code for block in blocks_of(ROOT / "docs/observability.md") if "sentry" in block.code
)
PROGRAM = """
import asyncio, functools, json
import httpx, sentry_sdk
from actuallycare import AsyncActuallyCare, NotFoundError
from sentry_sdk.integrations.httpx import HttpxIntegration

EVENTS, HEADERS, statuses = [], set(), [200, 429]
sentry_sdk.init = functools.partial(
    sentry_sdk.init,
    dsn="https://key@example.com/1",
    transport=EVENTS.append,
    integrations=[HttpxIntegration()],
    auto_enabling_integrations=False,  # they import what is installed: seconds
)
SETTINGS

def respond(request):
    HEADERS.update(request.headers)
    if request.url.path.endswith("/listings/1"):
        error = {"code": "NOT_FOUND", "message": "Record not found"}
        return httpx.Response(404, json={"error": error, "correlationId": "req-7f3a"})
    content = {"success": True, "data": []}
    return httpx.Response(statuses.pop(), headers={"Retry-After": "0"}, json=content)

async def main():
    http_client = httpx.AsyncClient(transport=httpx.MockTransport(respond))
    async with http_client, AsyncActuallyCare("feedface" * 8, http_client=http_client) as client:
        with sentry_sdk.start_transaction(name="report"):
            await client.listings.list(extra_query={"q": "Jane Doe"})
            try:
                await client.listings.get("1")
            except NotFoundError as error:
                sentry_sdk.capture_exception(error)

asyncio.run(main())
print(json.dumps([EVENTS, sorted(HEADERS)], default=repr))
"""


def run(settings: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the events that Sentry got, and the names of the headers that the API got."""
    program = PROGRAM.replace("SETTINGS", settings)
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    events, headers = json.loads(done.stdout)
    return events, headers


def test_sentry_gets_tags_and_retries_but_no_query() -> None:
    [event], headers = run(SETTINGS)
    assert event["tags"] == {"operation": "listings.get", "correlation_id": "req-7f3a"}
    assert event["exception"]["values"][0]["type"] == "NotFoundError"
    assert [crumb["message"] for crumb in event["breadcrumbs"]["values"]] == [
        "GET /listings attempt 1: 429; waiting 0.00 s"
    ]
    assert "Jane" not in json.dumps(event)
    assert "feedface" * 8 not in json.dumps(event)
    assert "sentry-trace" not in headers


def test_without_them_sentry_gets_the_query() -> None:
    [event], headers = run("sentry_sdk.init()")
    assert "Jane" in json.dumps(event["breadcrumbs"])
    assert "sentry-trace" in headers
