"""Runs a file of cells as a notebook does: top-level await, one loop, one namespace."""

from __future__ import annotations

import ast
import asyncio
import inspect
import re
import sys
from pathlib import Path
from typing import Any


async def run_cells(text: str, path: str) -> None:
    """Each cell (`# %%`) compiled and run by itself."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for cell in re.split(r"(?m)^# %%", text):
        code = compile(f"#{cell}", path, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        running = eval(code, namespace)  # noqa: S307
        if inspect.iscoroutine(running):
            await running


asyncio.run(run_cells(Path(sys.argv[1]).read_text(encoding="utf-8"), sys.argv[1]))
