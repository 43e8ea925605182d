"""Documents that we have not seen: each gives a working SDK, or is refused by place and reason."""

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

from codegen.alias import Alias
from codegen.generate import generate
from codegen.normalise import normalise
from codegen.refusal import Refused
from codegen.swap import differences

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
def test_another_dialect_of_the_same_api_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    made = normalise(mutated(name), OVERLAY, LOCK)
    generate(made, tmp_path / "out")
    assert differences(tmp_path / "out", PACKAGE, ["api", "models"]) == []


@pytest.mark.parametrize(
    "name", [n for n, m in MUTATIONS.items() if m.outcome.startswith("refused")]
)
def test_what_cannot_be_carried_is_refused_by_name(name: str) -> None:
    with pytest.raises(Refused) as caught:
        normalise(mutated(name), OVERLAY, LOCK)
    assert MUTATIONS[name].outcome.removeprefix("refused: ") in str(caught.value)
    for problem in caught.value.problems:
        assert problem.place
        assert problem.reason


@pytest.mark.parametrize("name", [n for n, m in MUTATIONS.items() if m.outcome == "works"])
async def test_a_changed_document_gives_a_working_sdk(name: str, tmp_path: Path) -> None:
    module = load(normalise(mutated(name), OVERLAY, LOCK), tmp_path)
    for found in pkgutil.walk_packages(module.__path__, f"{module.__name__}."):
        importlib.import_module(found.name)
    transport = answer(module, {"success": True, "data": {"id": "1"}})
    client = module.AsyncActuallyCare("ab" * 32, transport=transport)
    resource: Any = getattr(client, "listings", None) or client.properties
    listing = await resource.get("1")
    assert listing.id == "1"
    assert inspect.getdoc(resource.get)
    assert transport.requests[0].url.endswith("/listings/1")


def test_the_table_in_the_docs_is_the_one_that_the_command_prints() -> None:
    assert table() in DOCS.read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_sdk_of_each_changed_document_is_typed_strictly(tmp_path: Path) -> None:
    names = [n for n, m in MUTATIONS.items() if m.outcome == "works"]
    for name in names:
        load(normalise(mutated(name), OVERLAY, LOCK), tmp_path)
    load(normalise(DOCUMENT, evolve(OVERLAY, deprecated=ALIASES), LOCK), tmp_path)
    packages = sorted(path for path in tmp_path.iterdir() if path.is_dir())
    assert len(packages) == len(names) + 1
    settings = {
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "include": [f"{path.name}/{part}" for path in packages for part in ("api", "models")],
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
