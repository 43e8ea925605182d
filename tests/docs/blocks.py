"""The Python blocks of README and docs, and how they run."""

from __future__ import annotations

import ast
import inspect
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio.to_thread

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Block:
    """One fenced block."""

    page: Path
    line: int
    code: str
    run_by: str
    """The test that runs it instead."""

    @property
    def file(self) -> str:
        """The name of the file that the block is; empty when it is a snippet."""
        match = re.match(r"# (\w+\.py)\n", self.code)
        return match.group(1) if match else ""

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks_of(page: Path) -> list[Block]:
    """Return the Python blocks of a page."""
    found: list[Block] = []
    text = page.read_text(encoding="utf-8")
    comment = r"(?:<!-- run by (\S+) -->\n+)?"
    pattern = rf"^{comment}```python\n(.*?)^```"
    for match in re.finditer(pattern, text, re.MULTILINE | re.DOTALL):
        line = text.count("\n", 0, match.start(2)) + 1
        run_by, code = match.groups(default="")
        found.append(Block(page, line, code, run_by))
    return found


async def run_block(block: Block, names: dict[str, Any]) -> None:
    """Run a block with these names; it may await at its top level."""
    code = compile(block.code, str(block), "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    if "asyncio.run(" in block.code:
        await anyio.to_thread.run_sync(exec, code, names)
        return
    result = eval(code, names)  # noqa: S307
    if inspect.iscoroutine(result):
        await result
