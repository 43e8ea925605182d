"""From what the generator wrote to what is committed: layout, unused imports, format."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

_FILLERS = ("__init__.py", "client.py", "errors.py", "types.py")
_OPTIONS = ("--isolated", "--quiet", "--no-cache", "--target-version=py311", "--line-length=100")


def tidy(tree: Path, *, unused_modules: Iterable[str]) -> None:
    """Arrange and format a freshly generated `tree` in place.

    `unused_modules` are models without a class of their own (maps).
    """
    for name in _FILLERS:
        (tree / name).unlink()
    for name in unused_modules:
        (tree / "models" / f"{name}.py").unlink()
    # The formatter never removes unused imports from an __init__.py, so the class moves out.
    for package in sorted((tree / "api").iterdir()):
        if package.is_dir():
            init = package / "__init__.py"
            text = init.read_text(encoding="utf-8")
            (package / "resource.py").write_text(text, encoding="utf-8")
            header = "".join(line for line in text.splitlines(True)[:2] if line.startswith("#"))
            init.write_text(header, encoding="utf-8")
    _ruff("check", "--fix-only", "--unsafe-fixes", "--select", "F401,I,UP,RUF036", str(tree))
    _ruff("format", str(tree))


def _ruff(command: str, *arguments: str) -> None:
    # The ruff of this interpreter, whatever stands on PATH; no configuration but these options.
    subprocess.run(
        [sys.executable, "-m", "ruff", command, *_OPTIONS, *arguments],
        check=True,
        env={k: v for k, v in os.environ.items() if not k.startswith("RUFF_")},
    )
