"""The layout of generated modules: unused imports removed, sorted and formatted."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

_OPTIONS = ("--isolated", "--quiet", "--no-cache", "--target-version=py311", "--line-length=100")


def format_modules(files: Mapping[str, str]) -> dict[str, str]:
    """Return the modules, by path, as they are committed."""
    with tempfile.TemporaryDirectory() as folder:
        # A name without spaces or dots, which the formatter's messages would show.
        tree = Path(folder) / "generated"
        for name, text in files.items():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            (tree / name).write_text(text, encoding="utf-8")
        _ruff("check", "--fix-only", "--unsafe-fixes", "--select", "F401,I,UP,RUF036", str(tree))
        _ruff("format", str(tree))
        return {name: (tree / name).read_text(encoding="utf-8") for name in files}


def _ruff(command: str, *arguments: str) -> None:
    # The ruff of this interpreter, whatever is on PATH; no configuration but these options.
    subprocess.run(
        [sys.executable, "-m", "ruff", command, *_OPTIONS, *arguments],
        check=True,
        env={k: v for k, v in os.environ.items() if not k.startswith("RUFF_")},
    )
