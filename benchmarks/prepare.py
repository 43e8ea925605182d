"""Make what is compared, from the same document: the stock generator's output, and ours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from codegen.generate import FOLDERS, generate
from codegen.names import Lock
from codegen.normalise import normalise
from codegen.overlay import load_overlay
from codegen.swap import swap_in

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
    out = package.parent / "generated"
    generate(normalise(document, load_overlay(OVERLAY), lock), out)
    swap_in(out, package, FOLDERS)
    shutil.rmtree(out)
