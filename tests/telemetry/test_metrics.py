"""One duration for each call, and a count of what was sent again."""

from __future__ import annotations

import pytest

from actuallycare.telemetry import BUCKETS
from tests.fakes import success
from tests.telemetry.calls import (
    FOUND,
    LATER,
    STATUS,
    TYPE,
    connect,
    get,
)
from tests.telemetry.exported import Exported, duration


@pytest.mark.anyio
async def test_the_duration_is_that_of_the_span(exported: Exported) -> None:
    await get(connect(exported, LATER, FOUND))
    [point] = exported.durations()
    assert point.sum == pytest.approx(duration(exported.span), abs=1e-9)
    assert tuple(point.explicit_bounds) == BUCKETS
    assert exported.metrics()["http.client.request.duration"].unit == "s"


@pytest.mark.anyio
async def test_metrics_have_no_value_of_a_call(exported: Exported) -> None:
    async with connect(exported, LATER, success({"id": "1", "listings": []})) as client:
        for id in ("1", "2", "3"):
            await client.listings.get(id)
        await client.listings.list(min_price=300_000)
    found, listed = sorted(exported.durations(), key=lambda p: -p.count)
    assert (found.count, listed.count) == (3, 1)
    for point in (found, listed):
        assert set(point.attributes or {}) == {
            "http.request.method",
            STATUS,
            "server.address",
            "server.port",
            "url.template",
        }
    [resent] = exported.metrics()["actuallycare.client.resends"].data.data_points
    assert (resent.value, (resent.attributes or {})[TYPE]) == (1, "429")  # type: ignore[union-attr]
