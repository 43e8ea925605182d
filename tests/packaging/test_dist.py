"""`nox -s dist` builds the same bytes each time, with every file of the packages and no other."""

from __future__ import annotations

import email
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("actuallycare", "actuallycare_sandbox")
METADATA = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}


def build(source: Path, out: Path, *what: str) -> dict[str, Path]:
    """Build `source`; return what came out by suffix."""
    command = [sys.executable, "-m", "uv", "build", "--quiet", "--offline", "--no-build-isolation"]
    python = ["--python", sys.executable]
    done = subprocess.run(
        [*command, *python, *what, "--out-dir", str(out), str(source)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {path.suffix: path for path in out.iterdir() if path.suffix in (".whl", ".gz")}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return build(ROOT, tmp_path_factory.mktemp("dist"))


def source_files() -> set[str]:
    """The files of the packages, as the wheel names them."""
    return {
        path.relative_to(ROOT / "src").as_posix()
        for package in PACKAGES
        for path in (ROOT / "src" / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_has_every_file_of_the_packages_and_no_other(built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built[".whl"]) as wheel:
        names = set(wheel.namelist())
    info = next(name.split("/")[0] for name in names if ".dist-info/" in name)
    expected = source_files() | {"actuallycare_sandbox/reference.json"}
    assert names == expected | {f"{info}/{name}" for name in METADATA}
    assert {f"{package}/py.typed" for package in PACKAGES} <= names


def test_the_metadata_says_what_pypi_shows(built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built[".whl"]) as wheel:
        name = next(n for n in wheel.namelist() if n.endswith("/METADATA"))
        metadata = email.message_from_bytes(wheel.read(name))
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Author"]
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert metadata.get_all("Project-URL")
    required = [r for r in metadata.get_all("Requires-Dist") if "extra ==" not in r]
    assert sorted(re.split("[<>]", r)[0] for r in required) == ["anyio", "attrs", "httpx"]


def test_two_builds_give_the_same_bytes(built: dict[str, Path], tmp_path: Path) -> None:
    again = build(ROOT, tmp_path)
    for suffix, path in built.items():
        assert again[suffix].read_bytes() == path.read_bytes(), path.name


def test_the_sdist_builds_the_same_wheel(built: dict[str, Path], tmp_path: Path) -> None:
    with tarfile.open(built[".gz"]) as archive:
        # `filter=` needs Python 3.11.4:
        # https://docs.python.org/3/library/tarfile.html#supporting-older-python-versions
        archive.extraction_filter = getattr(tarfile, "data_filter", lambda member, _: member)
        archive.extractall(tmp_path)  # noqa: S202 - built above
        top = PurePosixPath(archive.getnames()[0]).parts[0]
    wheel = build(tmp_path / top, tmp_path / "out", "--wheel")[".whl"]
    assert wheel.read_bytes() == built[".whl"].read_bytes()
    for name in ("codegen", "docs/api.md", "openapi.json", "tests", "CHANGELOG.md"):
        assert (tmp_path / top / name).exists(), name
