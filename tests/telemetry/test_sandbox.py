"""Over a real socket: the trace of a call with a retry, and no secret in what is exported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from opentelemetry.trace import StatusCode

from actuallycare import APIStatusError, AsyncActuallyCare, Login, RetryPolicy
from actuallycare.testing import InstantClock
from actuallycare_sandbox import Fault, RunningSandbox, Settings, run_sandbox
from tests.telemetry.exported import Exported, attributes

PERSON = "Marker5ec2e7"


@pytest.fixture(scope="module")
def server() -> Iterator[RunningSandbox]:
    with run_sandbox(Settings(records=50)) as running:
        yield running


@pytest.fixture
def sandbox(server: RunningSandbox) -> RunningSandbox:
    server.backend.reset()
    return server


def connect(sandbox: RunningSandbox, exported: Exported, **options: Any) -> AsyncActuallyCare:
    return AsyncActuallyCare(
        base_url=sandbox.base_url,
        telemetry=exported.observer,
        clock=InstantClock(sandbox.backend.clock.advance),
        retry=RetryPolicy(max_wait=900, max_elapsed=1_800),
        **options,
    )


@pytest.mark.anyio
async def test_one_call_with_a_retry(sandbox: RunningSandbox) -> None:
    exported = Exported()
    busy = Fault("status", status=429, code="RATE_LIMIT_EXCEEDED", retry_after=900)
    sandbox.backend.faults.add(busy)

    async with connect(sandbox, exported, api_key=sandbox.api_key) as client:
        await client.listings.list(status="active", limit=5)
    span = exported.span
    assert span.name == "GET /v1/listings"
    assert span.status.status_code is StatusCode.UNSET
    port = int(sandbox.base_url.split(":")[2].split("/")[0])
    assert attributes(span) == {
        "actuallycare.operation": "listings.list",
        # The turn after it took some time too, which is real on this clock.
        "actuallycare.rate_limit.wait": pytest.approx(900, abs=5),
        "http.request.method": "GET",
        "http.request.resend_count": 1,
        "http.response.status_code": 200,
        "server.address": "127.0.0.1",
        "server.port": port,
        "url.full": f"{sandbox.base_url}/listings?status=REDACTED&limit=REDACTED",
        "url.template": "/v1/listings",
    }
    [event] = span.events
    assert dict(event.attributes or {}) == {
        "actuallycare.retry.wait": 900.0,
        "error.type": "429",
        "http.request.resend_count": 1,
        "http.response.status_code": 429,
    }
    arrived = sandbox.backend.request_log.all()
    assert [arrival.status for arrival in arrived] == [429, 200]
    for arrival in arrived:
        _, trace, parent, _ = arrival.headers["traceparent"].split("-")
        assert int(trace, 16) == span.context.trace_id
        assert int(parent, 16) == span.context.span_id


@pytest.mark.anyio
async def test_no_secret_and_no_personal_data_is_exported(sandbox: RunningSandbox) -> None:
    exported = Exported()
    secrets = {sandbox.api_key, sandbox.password, sandbox.email, PERSON}

    login = Login(sandbox.email, sandbox.password)
    async with connect(sandbox, exported, api_key=sandbox.api_key, token=login) as client:
        made = await client.leads.create(name=PERSON, email=f"{PERSON}@example.com")
        await client.leads.get(made.id)
        await client.contacts.search(name=PERSON)
        sandbox.backend.clock.advance(1_000)  # the access token expires
        await client.contacts.list()
        for kind in ("drop", "html", "truncate"):
            sandbox.backend.faults.add(Fault(kind, times=2))
            await client.contacts.list().collect()
        with pytest.raises(APIStatusError):
            await client.leads.create(name=PERSON, email=f"{PERSON} is no address")
        with pytest.raises(APIStatusError):
            await client.auth.login(email=f"{PERSON}@example.com", password=PERSON)
        session = await client.auth.login(email=sandbox.email, password=sandbox.password)
        assert session.token
        secrets.add(session.token)
        with pytest.raises(APIStatusError):
            await client.listings.get("no-such-record")
    shown = exported.everything()
    assert len(exported.spans) > 10
    assert [secret for secret in secrets if secret in shown] == []
    assert "Bearer" not in shown
    names = {span.name for span in exported.spans}
    assert {"POST /v1/auth/login", "POST /v1/auth/refresh", "GET /v1/contacts/search"} <= names
