"""The example of an SDK that vendors this one: whole in itself, whichever tool copied it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from actuallycare_sandbox import Settings, run_sandbox
from codegen.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "other_sdk"
USE = """
import asyncio, os, sys
sys.modules["actuallycare"] = None  # an import of the real one fails
from other_sdk import Agency, AgencyError, House

async def main():
    async with Agency(os.environ["KEY"], url=os.environ["URL"]) as agency:
        houses = await agency.houses(at_most=3)
        assert len(houses) == 3 and all(type(h) is House for h in houses)
        assert await agency.house(houses[0].id) == houses[0]
        assert await agency.house("00000000-0000-4000-8000-000000000000") is None
    async with Agency("ef" * 32, url=os.environ["URL"]) as stranger:
        try:
            await stranger.houses()
        except AgencyError as error:
            cause = type(error.__cause__)
            assert cause.__name__ == "AuthenticationError", cause
            assert cause.__module__ == "other_sdk._vendor.actuallycare"
        else:
            raise AssertionError

asyncio.run(main())
loaded = [n for n, m in sys.modules.items() if n.split(".")[0] == "actuallycare" and m]
assert not loaded, loaded
"""


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The example in a folder of its own, with the copy in place."""
    folder = tmp_path / "project"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("__pycache__", "actuallycare"))
    assert main(["vendor", str(folder / "other_sdk" / "_vendor")]) == 0
    return folder


def python(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_answers_through_the_vendored_copy(example: Path) -> None:
    with run_sandbox(Settings(records=100)) as sandbox:
        done = python(example, "-c", USE, URL=sandbox.base_url, KEY=sandbox.api_key)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_it_is_typed_strictly_with_the_copy(example: Path) -> None:
    settings = '{"typeCheckingMode": "strict", "include": ["other_sdk"]}'
    (example / "pyrightconfig.json").write_text(settings, encoding="utf-8")
    done = python(example, "-m", "pyright", "--pythonpath", sys.executable)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.slow
def test_the_vendoring_tool_puts_it_there_too(example: Path, tmp_path: Path) -> None:
    shutil.rmtree(example / "other_sdk" / "_vendor" / "actuallycare")
    dist = tmp_path / "dist"
    build = [sys.executable, "-m", "uv", "build", "--wheel", "--no-build-isolation", "--offline"]
    subprocess.run(
        [*build, "--python", sys.executable, "--out-dir", str(dist), str(ROOT)],
        check=True,
        capture_output=True,
    )
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = python(
        example, "-m", "vendoring", "sync", PATH=tools, PIP_NO_INDEX="1", PIP_FIND_LINKS=str(dist)
    )
    assert done.returncode == 0, done.stdout + done.stderr
    copied = example / "other_sdk" / "_vendor" / "actuallycare"
    assert (copied / "LICENSE").read_text("utf-8") == (ROOT / "LICENSE").read_text("utf-8")
    assert not (copied.parent / "actuallycare_sandbox").exists()
    with run_sandbox(Settings(records=100)) as sandbox:
        done = python(example, "-c", USE, URL=sandbox.base_url, KEY=sandbox.api_key)
    assert done.returncode == 0, done.stderr
