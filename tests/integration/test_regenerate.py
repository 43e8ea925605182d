"""Regeneration as it runs in CI: from a changed document over HTTP to a call of what is new."""

from __future__ import annotations

import copy
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from actuallycare_sandbox import RunningSandbox, Settings, run_sandbox

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PARTS = (
    "codegen",
    "docs",
    "examples",
    "src",
    "tests",
    "LICENSE",
    "README.md",
    "openapi.json",
    "pyproject.toml",
)
TEXT = {"type": "string"}
# Type checkers read the code that comes out of a required field of each kind.
REQUIRED: dict[str, Any] = {
    "id": TEXT,
    "host": TEXT,
    "visitors": {"type": "integer"},
    "is_public": {"type": "boolean"},
    "price": {"type": "number"},
    "day": {"type": "string", "format": "date"},
    "begins_at": {"type": "string", "format": "date-time"},
    "kind": {"type": "string", "enum": ["tour", "auction"]},
    "rooms": {"type": "array", "items": TEXT},
    "notes": {"type": "object", "additionalProperties": TEXT},
    "code": {"oneOf": [TEXT, {"type": "integer"}]},
    "agent": {"$ref": "#/components/schemas/Contact"},
}
KEY_OR_TOKEN: Any = [{"apiKey": []}, {"bearerAuth": []}]
# Every operation of the new document, and one whole resource, on the code that came out of it.
TESTS = (
    "tests/integration/test_operations.py",
    "tests/unit/pagination/test_pager.py",
    "tests/unit/test_client.py",
)
CALL = """
import asyncio, os, warnings
from actuallycare import AsyncActuallyCare, ConfigurationError, models

async def main():
    async with AsyncActuallyCare(os.environ["KEY"], base_url=os.environ["URL"]) as client:
        listing = (await client.listings.list(limit=1)).items[0]
        assert not hasattr(listing, "user_id") and hasattr(listing, "parking")
        made = await client.open_houses.create(host="Ada", listing_id=listing.id)
        found = await client.open_houses.get(made.id)
        assert type(found) is models.OpenHouse
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            try:
                client.contacts.delete("1")
            except ConfigurationError as error:
                assert str(error) == str(warned[0].message)
                assert "contacts.delete left the API" in str(error)
            else:
                raise AssertionError
        print(found.id == made.id, found.host, found.listing_id == listing.id)

asyncio.run(main())
"""


def changed(document: Any) -> Any:
    """A resource is added, an operation and a field are removed, another field is added."""
    made = copy.deepcopy(document)
    del made["paths"]["/contacts/{id}"]["delete"]
    house = {"$ref": "#/components/schemas/OpenHouse"}
    made["components"]["schemas"]["OpenHouse"] = {
        "type": "object",
        "required": list(REQUIRED),
        "properties": {**REQUIRED, "listing_id": TEXT},
    }
    body = {"properties": {"host": TEXT, "listing_id": TEXT}, "required": ["host"]}
    made["paths"]["/open-houses"] = {
        "post": {
            "tags": ["Open Houses"],
            "summary": "Plan an open house",
            "security": KEY_OR_TOKEN,
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": {"type": "object", **body}}},
            },
            "responses": {"201": envelope(house)},
        }
    }
    made["paths"]["/open-houses/{id}"] = {
        "get": {
            "tags": ["Open Houses"],
            "summary": "Get an open house",
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": TEXT}],
            "security": KEY_OR_TOKEN,
            "responses": {"200": envelope(house)},
        }
    }
    listing = made["components"]["schemas"]["Listing"]["properties"]
    del listing["user_id"]
    listing["parking"] = TEXT
    return made


def envelope(data: Any) -> Any:
    properties = {"success": {"type": "boolean"}, "data": data}
    schema = {"type": "object", "required": ["success", "data"], "properties": properties}
    return {"description": "", "content": {"application/json": {"schema": schema}}}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout of its own."""
    copied = tmp_path_factory.mktemp("checkout") / "project"
    copied.mkdir()
    for name in PARTS:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", ".*")
            shutil.copytree(ROOT / name, copied / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, copied / name)
    return copied


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSandbox]:
    """An ActuallyCare whose document has changed."""
    document = json.loads((ROOT / "openapi.json").read_text(encoding="utf-8"))
    path = tmp_path_factory.mktemp("vendor") / "openapi.json"
    path.write_text(json.dumps(changed(document)), encoding="utf-8")
    with run_sandbox(Settings(records=50, openapi=path)) as running:
        yield running


def python(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project / "src"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def state(project: Path) -> dict[str, bytes]:
    """Each file of the project but the caches."""
    return {
        str(path.relative_to(project)): path.read_bytes()
        for path in sorted(project.rglob("*"))
        if path.is_file() and not {"__pycache__", "outputs"} & {*path.parts, path.name}
    }


def regenerate(project: Path, url: str, *more: str) -> subprocess.CompletedProcess[str]:
    arguments = ["regenerate", "--url", url, "--outputs", "outputs", *more]
    return python(project, "-m", "codegen", *arguments)


def outputs_of(project: Path) -> dict[str, str]:
    """Read GITHUB_OUTPUT: each value is between two lines with a random delimiter."""
    text = (project / "outputs").read_text(encoding="utf-8")
    found = re.findall(r"(\w+)<<(\w+)\n(.*?)\n\2\n", text, flags=re.DOTALL)
    return {name: value for name, _, value in found}


@pytest.mark.published(reason="the older dialect serves another document than the committed one")
def test_a_document_that_did_not_change_stops_it_early(project: Path) -> None:
    before = state(project)
    with run_sandbox(Settings(records=50)) as unchanged:
        done = regenerate(project, f"{unchanged.base_url}/openapi.json")
    assert done.returncode == 0, done.stderr
    assert "unchanged; nothing to do" in done.stdout
    assert outputs_of(project) == {"changed": "false"}
    assert state(project) == before
    (project / "outputs").unlink()


def test_a_strict_run_changes_nothing_when_something_falls_back(
    project: Path, tmp_path: Path
) -> None:
    document = json.loads((project / "openapi.json").read_text(encoding="utf-8"))
    cookie = {"name": "session", "in": "cookie", "schema": {"type": "string"}}
    document["paths"]["/listings"]["get"]["parameters"].append(cookie)
    (tmp_path / "new.json").write_text(json.dumps(document), encoding="utf-8")
    before = state(project)
    source = ("--from", str(tmp_path / "new.json"))
    done = python(project, "-m", "codegen", "regenerate", "--strict", *source)
    assert done.returncode == 1
    assert "GET /listings" in done.stderr
    assert "cookie parameters are not supported" in done.stderr
    assert state(project) == before


def test_from_a_changed_document_to_a_call_of_the_new_operation(
    project: Path, sandbox: RunningSandbox
) -> None:
    url = f"{sandbox.base_url}/openapi.json"
    assert python(project, "-m", "codegen", "release").returncode == 0
    # The suites themselves run in CI; here they must only be seen to run, and pass.
    done = regenerate(project, url, "--tests", *TESTS)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert " passed" in done.stdout

    report = (project / "build/api-diff.md").read_text(encoding="utf-8")
    assert report in done.stdout
    assert "Severity for callers: **major**" in report
    assert "Version to release: 0.2.0 (now 0.1.0)" in report
    for line in (
        "- `models.Listing.user_id`: the field is gone (components.schemas.Listing.user_id)",
        "- `contacts.delete`: the operation is gone (DELETE /contacts/{id})",
        (
            "- contacts.delete left the API; nothing replaces it. The old name goes in version "
            "0.3.0: the vendor removed it"
        ),
        "- `open_houses.get`: new operation (GET /open-houses/{id})",
        "- `models.Listing.parking`: new field (components.schemas.Listing.parking)",
    ):
        # Places are in code spans where Markdown would read them otherwise.
        assert line.replace("`", "") in report.replace("`", "").splitlines()
    assert outputs_of(project) == {"changed": "true", "severity": "major"}
    (entry,) = (project / "changelog.d").glob("*.md")
    assert "`open_houses.get`: new operation." in entry.read_text(encoding="utf-8")

    called = python(project, "-c", CALL, URL=sandbox.base_url, KEY=sandbox.api_key)
    assert called.returncode == 0, called.stderr
    assert called.stdout.split() == ["True", "Ada", "True"]

    again = regenerate(project, url)
    assert again.returncode == 0
    assert "unchanged; nothing to do" in again.stdout
