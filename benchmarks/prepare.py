"""Generate both clients from the same document: the SDK, and openapi-python-client's own."""

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

from .fixtures import BUILD, ROOT, wide_document

LOCK = ROOT / "codegen" / "names.lock.json"
OVERLAY = ROOT / "codegen" / "overlay.toml"
SDK_FOLDER = BUILD / "sdk"
DEFAULT_TEMPLATES_FOLDER = BUILD / "default-templates"


def prepare() -> None:
    """Write both clients to `build/bench`, replacing those of the last run."""
    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True)
    document = BUILD / "openapi.json"
    document.write_text(json.dumps(wide_document()), encoding="utf-8")
    shutil.copytree(
        ROOT / "src" / "actuallycare",
        SDK_FOLDER / "actuallycare",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    regenerate(wide_document(), SDK_FOLDER / "actuallycare")
    folder = Path(sys.executable).parent
    subprocess.run(
        [
            folder / "openapi-python-client",
            "generate",
            "--path",
            document,
            "--output-path",
            DEFAULT_TEMPLATES_FOLDER,
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
