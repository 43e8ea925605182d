"""Make what is compared, from the same document: the stock generator's output, and ours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from codegen.lock import Lock
from codegen.output.install import FOLDERS, replace_folders
from codegen.pipeline import describe, generate
from codegen.source.overlay import load_overlay

from .material import BUILD, ROOT, wide_document

LOCK, OVERLAY = ROOT / "codegen" / "names.lock.json", ROOT / "codegen" / "overlay.toml"
OURS, STOCK = BUILD / "ours", BUILD / "stock"


def prepare() -> None:
    """Write `build/bench/{ours,stock}` anew."""
    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True)
    document = BUILD / "openapi.json"
    document.write_text(json.dumps(wide_document()), encoding="utf-8")
    shutil.copytree(
        ROOT / "src" / "actuallycare",
        OURS / "actuallycare",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    regenerate(wide_document(), OURS / "actuallycare")
    folder = Path(sys.executable).parent
    subprocess.run(
        [
            folder / "openapi-python-client",
            "generate",
            "--path",
            document,
            "--output-path",
            STOCK,
        ],
        check=True,
        capture_output=True,
        env={**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"},
    )


def regenerate(document: dict[str, object], package: Path) -> None:
    """Generate `api` and `models` of `package` from `document`, as `codegen generate` does."""
    lock = Lock.from_json(json.loads(LOCK.read_text(encoding="utf-8")))
    files = generate(describe(document, load_overlay(OVERLAY), lock))
    replace_folders(files, package, FOLDERS)
