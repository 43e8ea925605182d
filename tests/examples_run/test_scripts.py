"""The examples that run to their end, run as their reader would run them."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import actuallycare
from actuallycare import AsyncActuallyCare
from actuallycare_sandbox import Fault, RunningSandbox
from tests.examples_run.conftest import EXAMPLES, ROOT, run_example
from tests.lines import code_lines


def test_make_examples_imports_the_built_wheel() -> None:
    home = Path(actuallycare.__file__).resolve()
    assert ("site-packages" in home.parts) == bool(os.environ.get("ACTUALLYCARE_FROM_WHEEL"))


SYNCS = ["nightly_lead_sync.py", "raw_http/nightly_lead_sync.py"]
ONE_DIALECT = "the example without the SDK reads `data.meta` alone; the SDK reads `pagination` too"


def rows(path: Path) -> dict[str, tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return {row[0]: row for row in db.execute("SELECT * FROM leads")}


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "script",
    [SYNCS[0], pytest.param(SYNCS[1], marks=pytest.mark.published(reason=ONE_DIALECT))],
)
async def test_the_vendors_tutorial_syncs_leads_both_ways(
    script: str,
    tmp_path: Path,
    sandbox: RunningSandbox,
    environment: dict[str, str],
    client: AsyncActuallyCare,
) -> None:
    crm = tmp_path / "crm.sqlite"
    async with client:
        new = await client.leads.list(status="new", limit=100).collect()
        assert len(new) > 3
        out = run_example(script, str(crm), env=environment)
        assert out == f"pulled {len(new)} new leads, pushed 0 status changes\n"
        assert {id: row[1:4] for id, row in rows(crm).items()} == {
            lead.id: (lead.name, lead.email, lead.status) for lead in new
        }
        with closing(sqlite3.connect(crm)) as db, db:
            db.execute(
                "UPDATE leads SET status = 'contacted', changed_here = 1 WHERE id IN (?, ?)",
                (new[0].id, new[1].id),
            )
        await client.leads.create(name="Tonight", email="tonight@example.com", status="new")
        sandbox.backend.faults.add(Fault("status", status=503, path="/leads*"))
        sandbox.backend.faults.add(Fault("status", status=429, retry_after=1, path="/leads*"))
        out = run_example(script, str(crm), env=environment)
        assert out == "pulled 1 new leads, pushed 2 status changes\n"
        assert (await client.leads.get(new[0].id)).status == "contacted"
        assert [row[4] for row in rows(crm).values() if row[4]] == []


def test_the_lines_that_the_docs_count_are_the_lines_there_are() -> None:
    text = (ROOT / "docs" / "examples.md").read_text(encoding="utf-8")
    with_sdk, raw = (code_lines(EXAMPLES / script) for script in SYNCS)
    assert re.search(rf"\b{with_sdk} lines of code with the SDK, {raw} without\b", text), (
        f"docs/examples.md should say: {with_sdk} lines of code with the SDK, {raw} without"
    )


@pytest.mark.asyncio
async def test_the_report_under_trio_adds_up(
    environment: dict[str, str], client: AsyncActuallyCare
) -> None:
    out = run_example("trio_report.py", env=environment)
    counts = {line.split()[0]: int(line.split()[1]) for line in out.splitlines()}
    async with client:
        for status, count in counts.items():
            page = await client.listings.list(status=status, limit=1)  # type: ignore[arg-type]
            assert page.meta.total == count
    assert set(counts) == {"active", "expired", "pending", "sold", "withdrawn"}
    assert sum(counts.values()) > 50


def test_the_notebook_runs_cell_by_cell(environment: dict[str, str]) -> None:
    """As a notebook does it: top-level await, one event loop for all cells."""
    runner = Path(__file__).with_name("run_cells.py")
    done = subprocess.run(
        [sys.executable, str(runner), str(EXAMPLES / "notebook.py")],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    total, statuses, dearest, budget = done.stdout.splitlines()
    assert re.fullmatch(r"\d+ listings, such as .+", total)
    assert "('active'," in statuses
    assert re.fullmatch(r".+: [\d,]+ USD", dearest)
    assert "remaining=" in budget
