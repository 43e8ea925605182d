"""The diff tells callers of the SDK the truth: labelled pairs, and the command itself."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from codegen.__main__ import main
from codegen.diff import Finding, as_json, as_text, compare, worst
from codegen.diff.facts import read_facts
from codegen.document import dumps

from .documents import run
from .pairs import BASE, PAIRS


def changed(name: str) -> Any:
    made = copy.deepcopy(BASE)
    PAIRS[name].edit(made)
    assert made != BASE
    return made


def findings(new: Any) -> list[Finding]:
    before = run(BASE)
    return compare(read_facts(before.document), read_facts(run(new, lock=before.names).document))


def test_there_are_at_least_60_labelled_pairs() -> None:
    assert len(PAIRS) >= 60


@pytest.mark.parametrize("name", PAIRS)
def test_a_labelled_pair(name: str) -> None:
    found = findings(changed(name))
    assert worst(found) == PAIRS[name].severity, as_text(found)


def test_nothing_changes_nothing() -> None:
    assert findings(copy.deepcopy(BASE)) == []


def test_findings_name_what_users_type_and_the_place() -> None:
    found = findings(changed("field removed"))
    assert found == [
        Finding("major", "models.Thing.made", "the field is gone", "components.schemas.Thing.made")
    ]


def test_the_text_is_grouped_by_severity() -> None:
    text = as_text([*findings(changed("operation removed")), *findings(changed("field added"))])
    assert text.splitlines() == [
        "### Major: code that works today may stop working",
        "",
        "- `things.delete`: the operation is gone (DELETE /things/{id})",
        "",
        "### Minor: new, nothing breaks",
        "",
        "- `models.Thing.weight`: new field (components.schemas.Thing.weight)",
    ]


def test_the_json_says_the_same() -> None:
    data = json.loads(as_json(findings(changed("operation removed"))))
    assert data["severity"] == "major"
    assert data["findings"][0]["subject"] == "things.delete"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("example added", 0),
        ("summary changed", 10),
        ("field added", 20),
        ("operation removed", 30),
    ],
)
def test_the_exit_status_tells_the_severity(
    name: str, status: int, tmp_path: Path, capsys: Any
) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(dumps(BASE), encoding="utf-8")
    new.write_text(dumps(changed(name)), encoding="utf-8")
    assert main(["diff", str(old), str(new)]) == status
    assert main(["diff", str(old), str(new), "--json"]) == status
    assert capsys.readouterr().out
