"""Documents that we have not seen: each gives a working SDK, or is refused by place and reason."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path
from typing import Any

import pytest

from codegen.generate import generate
from codegen.normalise import normalise
from codegen.refusal import Refused
from codegen.swap import differences

from .documents import PACKAGE, ROOT, answer, load
from .mutations import LOCK, MUTATIONS, OVERLAY, mutated, table


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
    assert table() in (ROOT / "docs/mutations.md").read_text(encoding="utf-8")
