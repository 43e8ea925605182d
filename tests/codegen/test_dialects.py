"""One API in three dialects gives one SDK: as committed, without schemas, in the older form."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from codegen import project
from codegen.output.install import FOLDERS, replace_folders
from codegen.pipeline import generate

from . import surface
from .dialects import GROUPS, older_dialect, without_schemas
from .documents import ROOT

Json = dict[str, Any]
SNAPSHOT: Json = json.loads((ROOT / "openapi.json").read_text(encoding="utf-8"))


def generated(document: Json, folder: Path) -> Path:
    """The package that `regenerate` would write, without the run time."""
    package = folder / "sdk"
    package.mkdir()
    replace_folders(generate(project.read_api(document)), package, FOLDERS)
    return package


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generated(SNAPSHOT, tmp_path_factory.mktemp("snapshot"))


@pytest.fixture(scope="module", params=[without_schemas, older_dialect])
def dialect(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    derive: Callable[[Json], Json] = request.param
    return generated(derive(SNAPSHOT), tmp_path_factory.mktemp("dialect"))


def of_groups(package: Path) -> dict[str, surface.Method]:
    """The methods of the groups that the dialects describe by sentences."""
    methods = surface.methods(package)
    return {name: m for name, m in methods.items() if name.partition(".")[0] in GROUPS}


def test_every_dialect_gives_the_same_method_names(snapshot: Path, dialect: Path) -> None:
    assert surface.methods(dialect).keys() == surface.methods(snapshot).keys()


def test_every_dialect_gives_the_same_requests(snapshot: Path, dialect: Path) -> None:
    assert surface.operations(dialect) == surface.operations(snapshot)


def test_every_dialect_gives_the_same_arguments(snapshot: Path, dialect: Path) -> None:
    expected, found = of_groups(snapshot), of_groups(dialect)
    assert {n: m.parameters for n, m in found.items()} == {
        n: m.parameters for n, m in expected.items()
    }


def test_every_dialect_gives_the_same_results(snapshot: Path, dialect: Path) -> None:
    expected, found = of_groups(snapshot), of_groups(dialect)
    assert {n: (m.result, m.awaited) for n, m in found.items()} == {
        n: (m.result, m.awaited) for n, m in expected.items()
    }


def test_every_dialect_gives_results_with_the_same_fields(snapshot: Path, dialect: Path) -> None:
    classes = {w for m in of_groups(snapshot).values() for w in re.findall(r"\w+", m.result)}
    expected, found = surface.fields(snapshot), surface.fields(dialect)
    assert classes & expected.keys() >= {"Listing", "Client", "Lead", "Appointment"}
    for name in classes & expected.keys():
        assert found.get(name) == expected[name], name


@pytest.mark.slow
def test_the_examples_type_check_in_every_dialect(dialect: Path, tmp_path: Path) -> None:
    done = python(checkout(dialect, tmp_path), "-m", "pyright", "--pythonpath", sys.executable)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("dialect", [without_schemas], indirect=True)
def test_the_examples_run_without_schemas(dialect: Path, tmp_path: Path) -> None:
    # The older dialect is another server's: tests/integration/test_first_pull.py has one.
    scripts = "tests/examples_run/test_scripts.py"
    done = python(checkout(dialect, tmp_path), "-m", "pytest", "-q", "-n", "0", scripts)
    assert done.returncode == 0, done.stdout[-3000:]


def checkout(generated: Path, folder: Path) -> Path:
    """What the examples need of a checkout, with other generated code."""
    for part in ("docs", "examples", "src", "tests"):
        ignored = shutil.ignore_patterns("__pycache__", ".*")
        shutil.copytree(ROOT / part, folder / part, ignore=ignored)
    for name in ("README.md", "openapi.json", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    (folder / "codegen").mkdir()
    shutil.copy(ROOT / "codegen" / "reference.json", folder / "codegen")  # of the sandbox
    for part in FOLDERS:
        shutil.rmtree(folder / "src" / "actuallycare" / part)
        shutil.copytree(generated / part, folder / "src" / "actuallycare" / part)
    # pyproject.toml names what is checked; here it is the examples, and the SDK that they import.
    config = {"include": ["examples"], "extraPaths": ["src"], "typeCheckingMode": "strict"}
    excluded = ["examples/notebook.py", "examples/raw_http", "examples/other_sdk"]
    text = json.dumps({**config, "exclude": excluded})
    (folder / "pyrightconfig.json").write_text(text, encoding="utf-8")
    return folder


def python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a checkout, with its own SDK."""
    env = {**os.environ, "PYTHONPATH": str(folder / "src")}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_snapshot_returns_records_and_pages(snapshot: Path) -> None:
    methods = of_groups(snapshot)
    assert len(methods) == 21
    assert methods["listings.list"].result == "Pager[Listing]"
    assert methods["listings.get"].result == "Listing"
    assert methods["listings.delete"].result == "None"
    assert [p.name for p in methods["leads.convert"].parameters] == ["id", "client_type"]


def test_without_schemas_leaves_descriptions_only() -> None:
    derived = without_schemas(SNAPSHOT)
    for path, item in derived["paths"].items():
        of_group = path.split("/")[1] in GROUPS
        for method, operation in item.items():
            if of_group:
                assert "requestBody" not in operation
                assert all(set(r) == {"description"} for r in operation["responses"].values())
            else:
                assert operation == SNAPSHOT["paths"][path][method]
    assert derived["components"] == SNAPSHOT["components"]


def test_the_older_dialect_keeps_pagination_beside_data() -> None:
    derived = older_dialect(SNAPSHOT)
    responses = {
        path: operation["responses"].get("200", {})
        for path, item in derived["paths"].items()
        for operation in item.values()
        if "pagination" in json.dumps(operation)
    }
    members = {
        path: response["content"]["application/json"]["schema"]["properties"]
        for path, response in responses.items()
    }
    assert members.keys() >= {f"/{group}" for group in GROUPS}
    for properties in members.values():
        assert properties["data"]["type"] == "array"
        assert properties["pagination"]["properties"].keys() == {"page", "limit", "total", "pages"}


def test_the_older_dialect_names_operations_and_prefers_bearer() -> None:
    operations = [o for i in older_dialect(SNAPSHOT)["paths"].values() for o in i.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(operations) == 64
    assert {
        "listListings",
        "createListing",
        "getListingById",
        "updateListing",
        "deleteListing",
    } <= {*names}
    both = [o["security"] for o in operations if len(o["security"]) == 2]
    assert both
    assert all(security == [{"bearerAuth": []}, {"apiKey": []}] for security in both)


def test_deriving_leaves_the_document_alone() -> None:
    before = json.dumps(SNAPSHOT)
    older_dialect(SNAPSHOT)
    assert json.dumps(SNAPSHOT) == before
