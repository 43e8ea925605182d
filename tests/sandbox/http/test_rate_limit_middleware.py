"""Rate limits over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from actuallycare_sandbox import Backend, Clock, Limit, Limits
from tests.sandbox.conftest import connect


@pytest.mark.asyncio
async def test_report_limit_in_every_response(
    make_backend: Callable[..., Backend], sandbox_clock: Clock
) -> None:
    backend = make_backend(limits=Limits(all=Limit(3, 20)))
    async with connect(backend, **{"X-API-Key": backend.example.api_key}) as api:
        responses = [await api.get(p) for p in ("/listings", "/nowhere", "/contacts", "/listings")]
        assert [a.status_code for a in responses] == [200, 404, 401, 429]
        assert [a.headers["RateLimit-Limit"] for a in responses] == ["3"] * 4
        assert [a.headers["RateLimit-Remaining"] for a in responses] == ["2", "1", "0", "0"]
        assert (
            responses[3].headers["Retry-After"] == responses[3].headers["RateLimit-Reset"] == "20"
        )
        assert responses[3].json()["error"]["code"] == "RATE_LIMIT_EXCEEDED"
        assert all("Retry-After" not in a.headers for a in responses[:3])
        sandbox_clock.advance(20)
        assert (await api.get("/listings")).status_code == 200
