"""A rehearsal of the first pull: a real Express back end, and all that follows from its document.

`nox -s first-pull-rehearsal`. The document says less than the vendor's pages and writes its lists
otherwise, as an older public version of the back end did (tests/express/backend).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from attrs import frozen

from tests import express
from tests.integration.test_operations import OPERATIONS

from ..codegen import surface

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PARTS = (
    "Makefile", "noxfile.py", "tasks", "codegen", "src", "tests", "docs", "examples",
    "requirements", "openapi.json", "pyproject.toml", "README.md", "LICENSE",
)  # fmt: skip
LISTINGS = 57
"""How many the back end has: three pages of its size."""

CALL = """
import asyncio, os
from actuallycare import AsyncActuallyCare, models

async def main():
    async with AsyncActuallyCare(os.environ["KEY"], base_url=os.environ["URL"]) as client:
        every = [listing async for listing in client.listings.list()]
        assert all(type(listing) is models.Listing for listing in every)
        assert len({listing.id for listing in every}) == len(every)
        sold = [listing async for listing in client.listings.list(status="sold")]
        assert {listing.status for listing in sold} == {"sold"}
        page = await client.listings.list(limit=10)
        print(len(every), len(sold), len(page), every[0].address)

asyncio.run(main())
"""

RECORDS = """
import asyncio, os
from actuallycare import AsyncActuallyCare, NotFoundError, models

async def main():
    async with AsyncActuallyCare(os.environ["KEY"], base_url=os.environ["URL"]) as client:
        made = await client.listings.create(address="1 Main St", list_price=410_000)
        assert type(made) is models.Listing
        found = await client.listings.get(made.id)
        assert type(found) is models.Listing and found.list_price == 410_000
        changed = await client.listings.update(made.id, status="pending")
        assert type(changed) is models.Listing and changed.status == "pending"
        assert await client.listings.delete(made.id) is None
        try:
            await client.listings.get(made.id)
        except NotFoundError:
            pass
        else:
            raise AssertionError("the listing is still there")
        client_ = await client.clients.create(
            first_name="Ada", last_name="Byron", client_type="buyer"
        )
        assert type(client_) is models.Client
        lead = await client.leads.create(name="Grace Hopper")
        assert type(lead) is models.Lead
        assert (await client.leads.convert(lead.id)) is not None
        print("records work")

asyncio.run(main())
"""


@frozen
class BackEnd:
    """Where the back end is, and what opens it."""

    url: str
    key: str
    token: str


@frozen
class Rehearsal:
    """What `make regenerate` did in a checkout of its own."""

    checkout: Path
    status: int
    output: str

    @property
    def report(self) -> str:
        """The body of the pull request."""
        return (self.checkout / "build" / "api-diff.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def back_end() -> Iterator[BackEnd]:
    """The back end, installed by `npm ci` and running on 127.0.0.1."""
    script = str(express.HERE / "backend" / "server.js")
    process = subprocess.Popen(
        [express.program("node"), script],
        env=express.environment(express.modules()),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        started = json.loads(process.stdout.readline() or "{}")
        assert started, "the back end did not start; its message is above"
        url = f"http://127.0.0.1:{started['port']}/v1"
        yield BackEnd(url, started["key"], started["token"])
    finally:
        process.terminate()
        process.communicate()


@pytest.fixture(scope="module")
def rehearsal(back_end: BackEnd, tmp_path_factory: pytest.TempPathFactory) -> Rehearsal:
    """`make regenerate URL=…` in a copy of this checkout."""
    checkout = tmp_path_factory.mktemp("rehearsal") / "checkout"
    checkout.mkdir()
    for part in PARTS:
        if (ROOT / part).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", ".*")
            shutil.copytree(ROOT / part, checkout / part, ignore=ignored)
        else:
            shutil.copy(ROOT / part, checkout / part)
    # The environment of this run is used as it is: PYTHONPATH puts the copy before the checkout.
    venv = Path(sys.prefix)
    options = [f"VENV={venv}", f"--old-file={venv}/.dev", f"URL={back_end.url}/openapi.json"]
    done = _run(checkout, "make", "--no-print-directory", *options, "regenerate")
    return Rehearsal(checkout, done.returncode, done.stdout + done.stderr)


def _run(checkout: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(checkout / "src"), **more}
    return subprocess.run(
        command, cwd=checkout, env=env, capture_output=True, text=True, check=False
    )


def _call(rehearsal: Rehearsal, back_end: BackEnd, code: str) -> str:
    done = _run(rehearsal.checkout, sys.executable, "-c", code, URL=back_end.url, KEY=back_end.key)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.strip()


def test_the_back_end_serves_the_document_and_its_data(back_end: BackEnd) -> None:
    document = httpx.get(f"{back_end.url}/openapi.json").json()
    operations = [o for item in document["paths"].values() for o in item.values()]
    sentences = [
        o
        for o in operations
        if not any("content" in r for s, r in o["responses"].items() if s.startswith("2"))
    ]
    assert len(operations) == len(OPERATIONS)
    assert len(sentences) == 18
    assert all("operationId" in o for o in operations)
    schemes = document["components"]["securitySchemes"]
    assert list(schemes) == ["bearerAuth", "apiKey"]
    answer = httpx.get(f"{back_end.url}/listings", headers={"X-API-Key": back_end.key}).json()
    assert answer["pagination"] == {"page": 1, "limit": 20, "total": LISTINGS, "pages": 3}
    assert len(answer["data"]) == 20
    assert httpx.get(f"{back_end.url}/listings").status_code == 401


def test_the_document_is_pulled(rehearsal: Rehearsal, back_end: BackEnd) -> None:
    pulled = json.loads((rehearsal.checkout / "openapi.json").read_text(encoding="utf-8"))
    assert pulled == httpx.get(f"{back_end.url}/openapi.json").json(), rehearsal.output[-3000:]


def test_regeneration_passes_its_checks(rehearsal: Rehearsal) -> None:
    assert rehearsal.status == 0, rehearsal.output[-3000:]
    assert " passed" in rehearsal.output


def test_the_suite_runs_on_the_code_of_the_reference_afterwards(rehearsal: Rehearsal) -> None:
    tests = ("tests/integration/test_operations.py", "tests/unit/test_record.py")
    suite = ("-m", "tests.reference", "pytest", "-q", "-n", "0", *tests)
    done = _run(rehearsal.checkout, sys.executable, *suite)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    alone = _run(rehearsal.checkout, sys.executable, "-m", "pytest", "-q", *tests)
    assert alone.returncode == pytest.ExitCode.USAGE_ERROR
    assert "python -m tests.reference pytest" in alone.stderr


def test_the_demo_runs_afterwards(rehearsal: Rehearsal) -> None:
    done = _run(rehearsal.checkout, sys.executable, "examples/demo.py")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def test_the_committed_code_is_current_afterwards(rehearsal: Rehearsal) -> None:
    done = _run(rehearsal.checkout, sys.executable, "-m", "codegen", "check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_report_lets_a_maintainer_act(rehearsal: Rehearsal) -> None:
    report = rehearsal.report
    assert report.startswith("## The vendor's document changed")
    assert "Severity for callers: **" in report
    assert "Version to release: " in report


def test_the_report_names_what_came_from_the_reference(rehearsal: Rehearsal) -> None:
    for place in ("GET /listings/{id}", "POST /listings", "GET /leads/{id}", "POST /clients"):
        lines = [line for line in rehearsal.report.splitlines() if place in line]
        assert any("from the reference" in line for line in lines), place
    assert "### From the reference: the document does not say it" in rehearsal.report


def test_the_report_names_the_fields_that_the_document_does_not_list(
    rehearsal: Rehearsal,
) -> None:
    known = "fields known from the reference that the document does not list"
    (line,) = (x for x in rehearsal.report.splitlines() if "PUT /clients/{id} → req" in x)
    assert known in line
    assert "first_name" in line


def test_listings_are_iterated_over_every_page(rehearsal: Rehearsal, back_end: BackEnd) -> None:
    printed = _call(rehearsal, back_end, CALL)
    assert printed == f"{LISTINGS} 19 10 1 Oak Ave, Tehachapi, CA 93561"


def test_records_are_read_created_and_changed(rehearsal: Rehearsal, back_end: BackEnd) -> None:
    assert _call(rehearsal, back_end, RECORDS) == "records work"


def test_only_documented_empty_answers_give_none(rehearsal: Rehearsal) -> None:
    methods = surface.methods(rehearsal.checkout / "src" / "actuallycare")
    empty = {name for name, method in methods.items() if method.result == "None"}
    assert len(methods) == len(OPERATIONS)
    assert {name for name in empty if not name.endswith(".delete")} == {
        "api_keys.revoke", "auth.logout", "auth.logout_all",
    }  # fmt: skip
