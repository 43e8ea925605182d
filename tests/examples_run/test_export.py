"""The export example: complete, and it continues where it was stopped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from actuallycare import AsyncActuallyCare
from tests.examples_run.conftest import run_example


@pytest.mark.asyncio
async def test_an_export_is_complete_and_continues(
    tmp_path: Path, environment: dict[str, str], client: AsyncActuallyCare
) -> None:
    path = tmp_path / "listings.jsonl"
    async with client:
        everything = await client.listings.list().collect()
    ids = [listing.id for listing in everything]

    assert f"{len(ids)} listings in" in run_example(
        "export_listings.py", str(path), env=environment
    )
    complete = path.read_bytes()
    rows = [json.loads(line) for line in complete.splitlines()]
    assert [row["id"] for row in rows] == ids
    assert rows[0]["address"] == everything[0].address

    path.write_bytes(complete[: len(complete) * 2 // 3])
    assert f"{len(ids)} listings in" in run_example(
        "export_listings.py", str(path), env=environment
    )
    assert sorted(path.read_bytes().splitlines()) == sorted(complete.splitlines())
