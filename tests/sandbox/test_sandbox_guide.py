"""Run the code of docs/sandbox.md, and check that it lists every option and fault."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from actuallycare_sandbox.command import parser
from actuallycare_sandbox.control.faults import KINDS
from actuallycare_sandbox.samples.initial_state import ACCOUNTS, PASSWORD
from actuallycare_sandbox.spec.document import load
from actuallycare_sandbox.webhooks.event_catalog import CATALOG

GUIDE = (Path(__file__).resolve().parents[2] / "docs/sandbox.md").read_text(encoding="utf-8")


def test_run_python_of_guide(tmp_path: Path) -> None:
    [code] = re.findall(r"(?ms)^```python\n(.*?)^```$", GUIDE)
    program = tmp_path / "guide.py"
    program.write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(program)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.asyncio
async def test_plan_documented_fault(anonymous: httpx.AsyncClient) -> None:
    [body] = re.findall(r"(?m)-d '(.*)'$", GUIDE)
    [kind] = re.findall(r"(?m)-H 'Content-Type: (.*?)'", GUIDE)
    url = "http://sandbox.test/_sandbox/faults"
    planned = await anonymous.post(url, content=body, headers={"Content-Type": kind})
    assert planned.json()["faults"][0]["times"] == json.loads(body)["times"]


def test_document_every_option() -> None:
    options = [o for action in parser()._actions for o in action.option_strings if o[:2] == "--"]
    assert [option for option in options if f"`{option}" not in GUIDE] == []


@pytest.mark.parametrize(
    ("what", "names"),
    [("fault", KINDS), ("login", [f"{name}@example.com" for name, _, _ in ACCOUNTS])],
)
def test_document_every_fault_and_login(what: str, names: list[str]) -> None:
    assert [name for name in names if f"`{name}`" not in GUIDE] == [], what


def test_document_correct_numbers() -> None:
    assert f"`{PASSWORD}`" in GUIDE
    assert f"all {len(load().operations)} operations" in GUIDE
    assert f"fire {len(CATALOG)} of" in GUIDE


def test_parse_documented_command() -> None:
    [command] = [line for line in GUIDE.splitlines() if line.startswith("actuallycare-sandbox ")]
    assert parser().parse_args(shlex.split(command, comments=True)[1:]).port == 8642
