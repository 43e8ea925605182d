"""Fleets of processes on a fake clock, with the limiter, its script and Redis themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.fleet_simulation import Fleet, Report, charts, simulate, table
from benchmarks.plot import draw

SMALL = Fleet("small", processes=8, tasks=5, windows=3, limit=40, window=60.0)


@pytest.fixture(scope="module")
def report() -> Report:
    return simulate(SMALL)


def test_the_whole_quota_is_used_and_no_request_is_rejected(report: Report) -> None:
    assert report.accepted == [40, 40, 40]
    assert report.rejected == 0


def test_each_worker_has_its_share(report: Report) -> None:
    assert set(report.by_worker) == {3}


def test_redis_is_asked_a_few_times_for_each_request(report: Report) -> None:
    assert report.operations.total() < 6 * sum(report.accepted)


def test_the_same_seed_gives_the_same_figures(report: Report) -> None:
    again = simulate(SMALL)
    assert again.operations == report.operations
    assert again.seconds == report.seconds


@pytest.mark.parametrize("at", [0.5, 20.0, 59.0, 61.5])
def test_an_outage_of_redis_causes_hardly_any_429(at: float) -> None:
    # 10 % of the quota covers the requests in flight. An empty Redis probes a window that is used
    # up, because it does not know it any more.
    fleet = Fleet("outage", processes=8, tasks=5, windows=3, limit=200, window=60.0,
                  outage=(at, 5.0))  # fmt: skip
    report = simulate(fleet)
    assert report.rejected <= 2
    assert sum(report.by_worker) >= 0.85 * sum(report.accepted)


def test_the_table_and_the_plot_show_the_figures(report: Report, tmp_path: Path) -> None:
    assert "| small (40 per 60 s) | 3 | 40 | 0 | 3 |" in table([report])
    path = tmp_path / "plot.svg"
    draw(charts([report], minutes=3), path)
    first = path.read_text()
    draw(charts([report], minutes=3), path)
    assert path.read_text() == first
    assert first.count("<polyline") == 2
