"""Every Python block of README and docs runs against the sandbox.

A function that a block defines and does not call is compiled only.

A block that another test runs has a comment before it: `<!-- run by tests/… -->`. A block that
begins with `# name.py` is a file: files of one page run together under pytest.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import aiohttp
import pytest
from fastapi import FastAPI

import actuallycare
from actuallycare import AsyncActuallyCare, webhooks
from actuallycare_sandbox import RunningSandbox, Settings, run_sandbox
from tests.docs.blocks import ROOT, Block, blocks_of, run_block

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SECRET = "whsec_of_the_docs"


BLOCKS = [block for page in PAGES for block in blocks_of(page)]
RUN_HERE = [b for b in BLOCKS if not b.run_by]
RAW_HTTP = pytest.mark.published(reason="code without the SDK reads the published envelope alone")
SNIPPETS = [
    pytest.param(b, marks=RAW_HTTP if "import requests" in b.code else ())
    for b in RUN_HERE
    if not b.file
]
PAGES_WITH_FILES = sorted({b.page for b in RUN_HERE if b.file})


@pytest.fixture(scope="module")
def sandbox() -> Generator[RunningSandbox]:
    with run_sandbox(Settings(records=40)) as running:
        yield running


@asynccontextmanager
async def names(sandbox: RunningSandbox, page: Path) -> AsyncGenerator[dict[str, Any]]:
    """The names that the blocks of the guides take for granted."""
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(
            AsyncActuallyCare(
                sandbox.api_key,
                token=sandbox.token("agent@example.com"),
                base_url=sandbox.base_url,
            )
        )
        session = await stack.enter_async_context(aiohttp.ClientSession())
        listings = await client.listings.list(limit=1)
        body = b'{"event": "lead.created", "data": {"id": "1", "name": "Alfa Sample"}}'

        async def work_on(item: object) -> None:
            assert item is not None

        yield {
            "__name__": page.stem,
            **{name: getattr(actuallycare, name) for name in actuallycare.__all__},
            "Protocol": Protocol,
            "client": client,
            "listing": listings.items[0],
            "other_id": listings.items[0].id,
            "lead_id": (await client.leads.list(limit=1)).items[0].id,
            "app": FastAPI(),
            "listing_id": listings.items[0].id,
            "api_key": sandbox.api_key,
            "email": "agent@example.com",
            "password": "a password",
            "jwt": sandbox.token("agent@example.com"),
            "secret": SECRET,
            "SECRET": SECRET,
            "body": body,
            "headers": signed(body),
            "session": session,
            "work_on": work_on,
        }


def signed(body: bytes) -> dict[str, str]:
    """The headers of a delivery of now."""
    now = datetime.now(UTC).isoformat()
    return {
        "X-Webhook-Event": "lead.created",
        "X-Webhook-Timestamp": now,
        "X-Webhook-Signature": webhooks.sign(body, SECRET),
    }


@pytest.mark.asyncio
@pytest.mark.usefixtures("logger")  # some blocks add handlers
@pytest.mark.parametrize("block", SNIPPETS, ids=str)
async def test_the_block_runs(
    block: Block, sandbox: RunningSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACTUALLYCARE_API_KEY", sandbox.api_key)
    monkeypatch.setenv("ACTUALLYCARE_BASE_URL", sandbox.base_url)
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
    async with names(sandbox, block.page) as namespace:
        await run_block(block, namespace)


@pytest.mark.parametrize("page", PAGES_WITH_FILES, ids=lambda page: page.name)
def test_the_files_of_a_page_run(page: Path, tmp_path: Path) -> None:
    for block in BLOCKS:
        if block.page == page and block.file:
            (tmp_path / block.file).write_text(block.code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_each_block_that_another_test_runs_names_a_test() -> None:
    for block in BLOCKS:
        assert not block.run_by or (ROOT / block.run_by).exists(), block
    assert len(SNIPPETS) > len(BLOCKS) / 2
