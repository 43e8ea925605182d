"""The workflow files hold no logic: they run the commands of this project, with few rights."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from .documents import ROOT

FOLDER = ROOT / ".github" / "workflows"
FILES = sorted(FOLDER.glob("*.yml"))
TARGETS = set(re.findall(r"(?m)^([a-z0-9-]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))

pytestmark = pytest.mark.skipif(not FILES, reason="the source distribution has no workflows")


def steps(path: Path) -> Iterator[Any]:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    for job in workflow["jobs"].values():
        yield from job["steps"]


def test_there_are_three() -> None:
    assert [path.stem for path in FILES] == ["ci", "regenerate", "release"]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_each_step_is_one_make_target_or_a_pinned_action(path: Path) -> None:
    for step in steps(path):
        if "apt-get" in step.get("run", ""):
            update, install = step["run"].split(" && ")
            assert update == "sudo apt-get -qq update"
            assert re.fullmatch(r"sudo apt-get -qq install --yes [a-z -]+", install)
        elif "run" in step:
            command, target, *settings = step["run"].split()
            assert command == "make"
            assert target in TARGETS
            assert all(re.fullmatch(r"[A-Z]+=\d+", setting) for setting in settings)
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
    assert commands == ["make accept-regenerated"]
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
@pytest.mark.parametrize(
    ("target", "variable", "option"),
    [("regenerate", "URL", "--url"), ("dist", "TAG", "--tag")],
)
def test_make_expands_no_value_from_outside(
    target: str, variable: str, option: str, origin: str, tmp_path: Path
) -> None:
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\nfor x in "$@"; do echo "[$x]"; done\n', encoding="utf-8")
    python.chmod(0o755)
    value = f"$(shell touch {tmp_path}/made)`touch {tmp_path}/made`$(touch {tmp_path}/made)"
    command = ["make", "--silent", target, f"BIN={tmp_path}", f"VENV={tmp_path}", "--old-file"]
    command += [f"{tmp_path}/.dev"]
    (tmp_path / ".dev").touch()
    if origin == "command line":
        command.append(f"{variable}={value}")
    done = subprocess.run(
        [*command, "--makefile", str(ROOT / "Makefile")],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]} | ({variable: value} if origin == "environment" else {}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"[{option}={value}]" in done.stdout
    assert not (tmp_path / "made").exists()
