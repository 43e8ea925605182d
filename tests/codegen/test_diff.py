"""The diff is right about what callers see: labelled pairs, and the command itself."""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from codegen.__main__ import main
from codegen.commands.diff import cross_check_with_griffe
from codegen.compat.diff import Change, Severity, as_json, as_text, compare, highest_severity
from codegen.compat.release import next_version
from codegen.document import dumps

from .documents import ROOT, run
from .pairs import BASE, PAIRS


def changed(name: str) -> Any:
    made = copy.deepcopy(BASE)
    PAIRS[name].edit(made)
    assert made != BASE
    return made


def changes(new: Any) -> list[Change]:
    before = run(BASE)
    return compare(before.api, run(new, lock=before.lock).api)


def test_there_are_at_least_60_labelled_pairs() -> None:
    assert len(PAIRS) >= 60


@pytest.mark.parametrize("name", PAIRS)
def test_a_labelled_pair(name: str) -> None:
    found = changes(changed(name))
    assert highest_severity(found) == PAIRS[name].severity, as_text(found)


def test_nothing_changes_nothing() -> None:
    assert changes(copy.deepcopy(BASE)) == []


def test_findings_name_what_users_type_and_the_place() -> None:
    found = changes(changed("field removed"))
    assert found == [
        Change("major", "models.Thing.made", "the field is gone", "components.schemas.Thing.made")
    ]


def test_the_text_is_grouped_by_severity() -> None:
    text = as_text([*changes(changed("operation removed")), *changes(changed("field added"))])
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
    data = json.loads(as_json(changes(changed("operation removed"))))
    assert data["severity"] == "major"
    assert data["changes"][0]["subject"] == "things.delete"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("example added", 0),
        ("summary changed", 10),
        ("field added", 20),
        ("operation removed", 30),
    ],
)
def test_the_exit_status_is_that_of_the_severity(
    name: str, status: int, tmp_path: Path, capsys: Any
) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(dumps(BASE), encoding="utf-8")
    new.write_text(dumps(changed(name)), encoding="utf-8")
    assert main(["diff", str(old), str(new)]) == status
    assert main(["diff", str(old), str(new), "--json"]) == status
    assert capsys.readouterr().out


# One of each kind of change to names, and two that leave names alone.
GATED = [
    "operation removed",
    "operation added",
    "query removed",
    "required query added",
    "query becomes required",
    "body field removed",
    "field removed",
    "field added",
    "field of another type",
    "summary changed",
]


@pytest.mark.parametrize("name", GATED)
def test_griffe_sees_names_break_where_the_diff_does(name: str) -> None:
    before = run(BASE)
    after = run(changed(name), lock=before.lock)
    found = compare(before.api, after.api)
    assert cross_check_with_griffe(before, after, found) is None


def test_two_verdicts_that_differ_are_shown() -> None:
    before = run(BASE)
    after = run(changed("operation removed"), lock=before.lock)
    mismatch = cross_check_with_griffe(before, after, [])
    assert mismatch is not None
    assert "ThingsResource.delete" in mismatch
    gone = [Change("major", "things.delete", "the operation is gone", "DELETE /things/{id}")]
    mismatch = cross_check_with_griffe(before, before, gone)
    assert mismatch is not None
    assert "things.delete: the operation is gone" in mismatch


@pytest.mark.parametrize(
    ("version", "severity", "following"),
    [
        ("0.1.4", "none", "0.1.4"),
        ("0.1.4", "patch", "0.1.5"),
        ("0.1.4", "minor", "0.1.5"),
        ("0.1.4", "major", "0.2.0"),
        ("1.2.3", "patch", "1.2.4"),
        ("1.2.3", "minor", "1.3.0"),
        ("1.2.3", "major", "2.0.0"),
    ],
)
def test_the_next_version(version: str, severity: Severity, following: str) -> None:
    assert next_version(version, severity) == following


def test_the_fragment_is_collected_into_the_changelog(tmp_path: Path, capsys: Any) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(dumps(BASE), encoding="utf-8")
    made = changed("field removed")
    PAIRS["operation added"].edit(made)
    new.write_text(dumps(made), encoding="utf-8")
    entry = tmp_path / "changelog.d" / "api.md"
    assert main(["diff", str(old), str(new), "--griffe", "--fragment", str(entry)]) == 30
    assert "Next version: " in capsys.readouterr().out
    for name in ("pyproject.toml", "CHANGELOG.md"):
        shutil.copy(ROOT / name, tmp_path / name)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)  # noqa: S607 - found on PATH
    scriv = [sys.executable, "-m", "scriv", "collect", "--version", "9.9.9", "--keep"]
    done = subprocess.run(scriv, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    text = (tmp_path / "CHANGELOG.md").read_text(encoding="utf-8")
    released = text.split("## [9.9.9]")[1].split("\n## ")[0]
    assert "- `things.update`: new operation." in released
    assert "- **Breaking:** `models.Thing.made`: the field is gone." in released
