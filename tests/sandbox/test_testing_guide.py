"""Run the code of docs/testing.md in a pytest run of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

GUIDE = Path(__file__).resolve().parents[2] / "docs/testing.md"


def files() -> dict[str, str]:
    """Return the code blocks that begin with a file name."""
    text = GUIDE.read_text(encoding="utf-8")
    return dict(re.findall(r"(?ms)^```python\n# (\S+\.py)\n(.*?)^```$", text))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, code in files().items():
        (tmp_path / name).write_text(code, encoding="utf-8")
    return tmp_path


def test_name_a_file_in_every_code_block() -> None:
    assert len(files()) == GUIDE.read_text(encoding="utf-8").count("```python")


def test_run_code_of_guide(folder: Path) -> None:
    # Load plugins as a user's pytest does, without the settings of this repository.
    disabled = ("cacheprovider", "xdist", "asyncio")
    without = [word for name in disabled for word in ("-p", f"no:{name}")]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "-W", "error", *without, "."],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "ACTUALLYCARE"))},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    # pytest returns 5 if it ran no test at all.
    assert "skipped" not in done.stdout
    assert "deselected" not in done.stdout


def test_list_every_fixture() -> None:
    plugin = Path(__file__).resolve().parents[2] / "src/actuallycare_sandbox/pytest_plugin.py"
    defined = re.findall(
        r"(?m)^@pytest\.fixture.*\ndef (actuallycare\w+)", plugin.read_text("utf-8")
    )
    listed = re.findall(r"(?m)^\| `(\w+)` \|", GUIDE.read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(defined)
