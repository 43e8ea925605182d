"""A vendored copy is whole by itself: another name, another version beside it, the same tests."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from codegen.__main__ import main

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def vendored(tmp_path: Path) -> Path:
    """`other_sdk/_vendor/actuallycare`; the folder that `other_sdk` is imported from."""
    folder = tmp_path / "site"
    package = folder / "other_sdk"
    assert main(["vendor", str(package / "_vendor")]) == 0
    for init in (package, package / "_vendor"):
        (init / "__init__.py").touch()
    return folder


def python(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    # -S and -I would hide site-packages; the real package is hidden by a blocker instead.
    blocked = "import sys; sys.modules['actuallycare'] = None\n"
    return subprocess.run(
        [sys.executable, "-c", blocked + code],
        env={**os.environ, "PYTHONPATH": str(folder)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_copy_works_where_no_actuallycare_can_be_imported(vendored: Path) -> None:
    code = """
import pickle
from other_sdk._vendor import actuallycare as sdk
client = sdk.AsyncActuallyCare("ab" * 32)
assert client.listings.list is not None and client.webhooks.with_raw_response.get
blocking = sdk.ActuallyCare("ab" * 32)
assert blocking.listings.list is not None and blocking.webhooks.with_raw_response.get
listing = sdk.models.Listing.from_dict({"id": "1", "status": "sold"})
assert pickle.loads(pickle.dumps(listing)) == listing
assert type(listing).__module__ == "other_sdk._vendor.actuallycare.models.listing"
error = sdk.ConfigurationError("x")
assert str(pickle.loads(pickle.dumps(error))) == "x"
assert not [name for name, m in sys.modules.items() if name.startswith("actuallycare") and m]
"""
    done = python(code, vendored)
    assert done.returncode == 0, done.stderr


def test_two_copies_live_side_by_side(vendored: Path, tmp_path: Path) -> None:
    assert main(["vendor", str(vendored / "second"), "--package", "care2"]) == 0
    version = vendored / "second" / "care2" / "_version.py"
    version.write_text('__version__ = "9.9.9"\n', encoding="utf-8")
    code = """
from other_sdk._vendor import actuallycare as one
from second import care2 as two
assert one.__version__ != two.__version__ == "9.9.9"
assert one.NotFoundError is not two.NotFoundError
first, second = one.AsyncActuallyCare(timeout=1), two.AsyncActuallyCare(timeout=2)
assert (first._sender.options.timeout, second._sender.options.timeout) == (1, 2)
assert first._sender.headers["User-Agent"] != second._sender.headers["User-Agent"]
import pickle, threading

class Transport:
    def __init__(self, sdk):
        self.sdk = sdk
    async def send(self, request):
        return self.sdk.Response(200, {}, b'{"success": true, "data": {"id": "1"}}')
    async def aclose(self):
        pass

blocking = [sdk.ActuallyCare("ab" * 32, transport=Transport(sdk)) for sdk in (one, two)]
assert [client.listings.get("1").id for client in blocking] == ["1", "1"]
assert [thread.name for thread in threading.enumerate()].count("actuallycare") == 2
for client in blocking:
    client.close()
for sdk in (one, two):
    listing = sdk.models.Listing.from_dict({"id": "1", "status": "sold"})
    error = sdk.DecodeError("listings.get", "no object")
    for made in (listing, error):
        again = pickle.loads(pickle.dumps(made))
        assert type(again) is type(made) and type(again).__module__.startswith(sdk.__name__)
try:
    raise two.ConfigurationError("x")
except one.ActuallyCareError:
    raise AssertionError("an error of the other copy was caught")
except Exception as error:
    assert type(error).__module__.startswith("second.care2")
"""
    done = python(code, vendored)
    assert done.returncode == 0, done.stderr


def test_local_edits_are_listed(vendored: Path, capsys: Any) -> None:
    package = vendored / "other_sdk" / "_vendor"
    assert main(["vendor", str(package), "--check"]) == 0
    target = package / "actuallycare"
    (target / "client.py").write_text("# edited", encoding="utf-8")
    (target / "mine.py").touch()
    (target / "_core" / "retry" / "policy.py").unlink()
    capsys.readouterr()
    assert main(["vendor", str(package), "--check"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "added: mine.py",
        "edited: client.py",
        "missing: _core/retry/policy.py",
    ]
    assert main(["vendor", str(package)]) == 1
    assert "has local edits" in capsys.readouterr().err


def test_an_untouched_copy_is_replaced_and_anything_else_is_not(
    vendored: Path, tmp_path: Path, capsys: Any
) -> None:
    assert main(["vendor", str(vendored / "other_sdk" / "_vendor")]) == 0
    (tmp_path / "own" / "actuallycare").mkdir(parents=True)
    assert main(["vendor", str(tmp_path / "own")]) == 1
    assert "this is no vendored copy" in capsys.readouterr().err
    assert main(["vendor", str(tmp_path), "--package", "not a name"]) == 1


def test_licence_and_manifest_travel_with_it(vendored: Path) -> None:
    target = vendored / "other_sdk" / "_vendor" / "actuallycare"
    assert (target / "LICENSE").read_text("utf-8") == (ROOT / "LICENSE").read_text("utf-8")
    assert '"document"' in (target / "VENDORED.json").read_text("utf-8")
    assert (target / "py.typed").exists()


def test_nothing_in_the_package_depends_on_its_name() -> None:
    forbidden = re.compile(
        r"importlib\.metadata|importlib\.resources|getLogger\(__name__\)|sys\.modules[\[.]"
    )
    for path in (ROOT / "src/actuallycare").rglob("*.py"):
        assert not forbidden.search(path.read_text(encoding="utf-8")), path


@pytest.mark.slow
def test_the_suite_itself_runs_from_a_vendored_copy(vendored: Path, tmp_path: Path) -> None:
    """Unit and integration tests, their imports rewritten to a copy under another name."""
    copy = tmp_path / "suite"
    shutil.copytree(ROOT / "tests", copy / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("codegen", "openapi.json", "src/actuallycare_sandbox", "pyproject.toml"):
        source, target = ROOT / folder, copy / folder
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    for path in (copy / "tests").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"(?m)^(\s*from )actuallycare\b", r"\1other_sdk._vendor.actuallycare", text)
        text = re.sub(
            r"(?m)^import actuallycare$",
            "import other_sdk._vendor.actuallycare as actuallycare",
            text,
        )
        path.write_text(text, encoding="utf-8")
    tests = [
        "tests/integration",
        "tests/unit",
        "tests/webhooks",
        "--deselect=tests/unit/test_layers.py",
        "--ignore=tests/webhooks/test_docs.py",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not slow", *tests],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": f"{vendored}{os.pathsep}{copy / 'src'}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    shutil.copy(copy / "tests/typing/api.py", vendored / "uses.py")
    checked = subprocess.run(
        [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "uses.py", "other_sdk"],
        cwd=vendored,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout[-3000:]
