"""Documents that we have not seen: each gives a working SDK, or is rejected by place and reason."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from codegen.api import Alias
from codegen.output.install import FOLDERS, differences
from codegen.pipeline import describe, generate

from .documents import PACKAGE, answer, load
from .mutations import DOCS, DOCUMENT, LOCK, MUTATIONS, OVERLAY, mutated, table

ALIASES = (
    Alias("listings.all", "listings.list", "99.0.0", "a list"),
    Alias("listings.fetch", "listings.get", "99.0.0", "a record"),
    Alias("houses.remove", "listings.delete", "99.0.0", "nothing comes back"),
    Alias("houses.sell", None, "99.0.0", "the vendor removed it"),
    Alias("models.House", "models.Listing", "99.0.0", "a class"),
    Alias("models.HouseStatus", "models.ListingStatus", "99.0.0", "an enum"),
    Alias("models.Gone", None, "99.0.0", "the vendor removed it"),
)


def test_there_are_at_least_40_mutations() -> None:
    assert len(MUTATIONS) >= 40


@pytest.mark.parametrize("name", [n for n, m in MUTATIONS.items() if m.outcome == "same"])
def test_another_dialect_of_the_same_api_gives_the_same_bytes(name: str) -> None:
    made = describe(mutated(name), OVERLAY, LOCK)
    assert made.findings.fallbacks == []
    assert differences(generate(made), PACKAGE, FOLDERS) == []


@pytest.mark.parametrize("name", [n for n, m in MUTATIONS.items() if m.outcome == "works"])
def test_a_document_that_works_falls_back_nowhere(name: str) -> None:
    assert describe(mutated(name), OVERLAY, LOCK).findings.fallbacks == []


@pytest.mark.parametrize("name", [n for n, m in MUTATIONS.items() if m.outcome[:5] == "falls"])
def test_what_falls_back_is_reported_by_place(name: str) -> None:
    findings = describe(mutated(name), OVERLAY, LOCK).findings.all
    wanted = MUTATIONS[name].outcome.removeprefix("falls back: ")
    found = [f for f in findings if wanted in str(f) and f.severity != "info"]
    assert found
    assert all(f.place and f.reason and f.action for f in found)


@pytest.mark.asyncio
@pytest.mark.parametrize("name", [n for n, m in MUTATIONS.items() if m.outcome != "same"])
async def test_a_changed_document_gives_a_working_sdk(name: str, tmp_path: Path) -> None:
    module = load(describe(mutated(name), OVERLAY, LOCK), tmp_path)
    for found in pkgutil.walk_packages(module.__path__, f"{module.__name__}."):
        importlib.import_module(found.name)
    transport = answer(module, {"success": True, "data": {"id": "1"}})
    client = module.AsyncActuallyCare("ab" * 32, transport=transport)
    resource: Any = getattr(client, "listings", None) or client.properties
    listing = await resource.get("1")
    payload = listing if isinstance(listing, dict) else listing.to_dict(by="wire")
    assert str(payload["id"]) == "1"
    assert inspect.getdoc(resource.get)
    assert transport.requests[0].url.endswith("/listings/1")


def test_the_table_in_the_docs_is_the_one_that_the_command_prints() -> None:
    assert table() in DOCS.read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_sdk_of_each_changed_document_is_typed_strictly(tmp_path: Path) -> None:
    names = [n for n, m in MUTATIONS.items() if m.outcome != "same"]
    for name in names:
        load(describe(mutated(name), OVERLAY, LOCK), tmp_path)
    load(describe(DOCUMENT, evolve(OVERLAY, deprecated=ALIASES), LOCK), tmp_path)
    packages = sorted(path for path in tmp_path.iterdir() if path.is_dir())
    assert len(packages) == len(names) + 1
    settings = {
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "include": [f"{path.name}/{part}" for path in packages for part in FOLDERS],
    }
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pyright", "--pythonpath", sys.executable],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert "0 errors" in done.stdout
