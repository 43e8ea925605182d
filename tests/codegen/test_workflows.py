"""The workflow files hold no logic: they run the commands of this project, with few rights."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from .documents import ROOT

FOLDER = ROOT / ".github" / "workflows"
FILES = sorted(FOLDER.glob("*.yml"))
TARGETS = {"check", "demo", "docs", "regenerate", "setup", "test"}
REFERENCE = ".venv/bin/python -m tests.reference "
HANDOVER = "python3 -I codegen/handover.py"

pytestmark = pytest.mark.skipif(not FILES, reason="the source distribution has no workflows")


def steps(path: Path) -> Iterator[Any]:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    for job in workflow["jobs"].values():
        yield from job["steps"]


def test_there_are_three() -> None:
    assert [path.stem for path in FILES] == ["ci", "regenerate", "release"]


@pytest.fixture(scope="module")
def sessions() -> set[str]:
    """The sessions of noxfile.py, and its tags."""
    command = [sys.executable, "-m", "nox", "--list"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    listed = re.findall(r"(?m)^[*-] (\S+)(?: \[(\S+)\])?", done.stdout)
    return {name for name, _ in listed} | {t for _, tags in listed for t in tags.split(",")}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_each_step_is_one_command_of_the_project_or_a_pinned_action(
    path: Path, sessions: set[str]
) -> None:
    for step in steps(path):
        run = step.get("run", "")
        if "apt-get" in run:
            update, install = run.split(" && ")
            assert update == "sudo apt-get -qq update"
            assert re.fullmatch(r"sudo apt-get -qq install --yes [a-z -]+", install)
        elif run.startswith(HANDOVER):
            assert run.removeprefix(HANDOVER) in (
                " pack build/regenerated.tar.gz",
                ' accept "$ARCHIVE"',
            )
        elif run.startswith("make "):
            assert run.removeprefix("make ") in TARGETS
        elif run.startswith("python -m pip install "):  # Windows has no make
            assert run.removeprefix("python -m pip install ") in (
                "--require-hashes -r requirements/dev.txt",
                "--no-deps --no-build-isolation --editable .",
            )
        elif run:
            run = run.replace("python -m nox ", ".venv/bin/nox ")
            command, _, options = run.partition(" -- ")
            nox, *strict, kind, name = command.removeprefix(REFERENCE).split()
            assert nox == ("nox" if command.startswith(REFERENCE) else ".venv/bin/nox")
            assert strict in ([], ["--error-on-missing-interpreters"])
            assert kind in ("-s", "-t")
            assert name in sessions
            assert re.fullmatch(r"((--[a-z]+ \w+|tests/[\w/.]+) ?)*", options)
        else:
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", step["uses"])
    text = path.read_text(encoding="utf-8")
    assert text.count("uses: ") == len(re.findall(r"uses: \S+ # v\d+\.\d+\.\d+\n", text))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_rights_are_given_to_each_job_and_credentials_are_not_kept(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["permissions"]
        assert job["timeout-minutes"] <= 30
    for step in steps(path):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


def test_what_the_vendor_sends_is_run_where_nothing_can_be_written() -> None:
    jobs = yaml.safe_load((FOLDER / "regenerate.yml").read_text(encoding="utf-8"))["jobs"]
    assert jobs["regenerate"]["permissions"] == {"contents": "read"}
    commands = [step["run"] for step in jobs["propose"]["steps"] if "run" in step]
    assert commands == [f'{HANDOVER} accept "$ARCHIVE"']
    text = (FOLDER / "regenerate.yml").read_text(encoding="utf-8")
    assert text.count("needs.regenerate.outputs.severity") == 1  # it is checked first


def test_every_python_that_is_promised_is_tested() -> None:
    jobs = yaml.safe_load((FOLDER / "ci.yml").read_text(encoding="utf-8"))["jobs"]
    promised = re.findall(
        r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    )
    assert jobs["tests"]["strategy"]["matrix"]["python"] == promised


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize("origin", ["environment", "command line"])
def test_make_expands_no_value_from_outside(origin: str, tmp_path: Path) -> None:
    nox = tmp_path / "nox"
    nox.write_text('#!/bin/sh\necho "[$2 $URL]"\n', encoding="utf-8")
    nox.chmod(0o755)
    value = commands_that_touch(tmp_path / "made")
    command = ["make", "--silent", "regenerate", f"BIN={tmp_path}", f"VENV={tmp_path}"]
    command += ["--old-file", f"{tmp_path}/.dev"]
    (tmp_path / ".dev").touch()
    if origin == "command line":
        command.append(f"URL={value}")
    done = subprocess.run(
        [*command, "--makefile", str(ROOT / "Makefile")],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]} | ({"URL": value} if origin == "environment" else {}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"[regenerate {value}]" in done.stdout
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("target", ["help", "dist"])
@pytest.mark.parametrize("origin", ["environment", "command line"])
def test_make_expands_no_variable_that_it_does_not_use(
    origin: str, target: str, tmp_path: Path
) -> None:
    value = commands_that_touch(tmp_path / "made")
    command = ["make", "--makefile", str(ROOT / "Makefile"), target]
    subprocess.run(
        [*command, f"TAG={value}"] if origin == "command line" else command,
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]} | ({"TAG": value} if origin == "environment" else {}),
        capture_output=True,
        check=False,
    )
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(
    ("session", "variable", "option"), [("regenerate", "URL", "--url"), ("dist", "TAG", "--tag")]
)
def test_nox_passes_values_from_outside_to_no_shell(
    session: str, variable: str, option: str, tmp_path: Path
) -> None:
    value = commands_that_touch(tmp_path / "made")
    done = subprocess.run(
        [sys.executable, "-m", "nox", "-s", session],
        cwd=ROOT,
        env={**os.environ, "GITHUB_OUTPUT": "", variable: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert option in done.stderr
    assert value in done.stdout + done.stderr.replace("'\\''", "'")
    assert not (tmp_path / "made").exists()


def commands_that_touch(file: Path) -> str:
    """A value that make or a shell would run, if it expanded it."""
    return f"$(shell touch {file})`touch {file}`$(touch {file})"
