"""Where the parts of this project are, read and written: the only place that knows."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

from .document import Json, dumps
from .generate import FOLDERS, Counts, generate
from .names import Lock
from .normalise import Normalised, normalise
from .overlay import load_overlay
from .swap import differences, swap_in

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "openapi.json"
LOCK = ROOT / "codegen" / "names.lock.json"
OVERLAY = ROOT / "codegen" / "overlay.toml"
PACKAGE = ROOT / "src" / "actuallycare"


def load(path: Path) -> Json:
    """A JSON file of the project."""
    document: Json = json.loads(path.read_text(encoding="utf-8"))
    return document


def normalised(document: Json, *, lenient: bool = False) -> Normalised:
    """`document` by the overlay and the lock of this checkout."""
    lock: Json = load(LOCK) if LOCK.exists() else {}
    return normalise(document, load_overlay(OVERLAY), Lock.from_json(lock), lenient=lenient)


def write(made: Normalised) -> Counts:
    """Put the generated code and the lock in place of the committed ones, whole or not at all."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "generated"
        counts = generate(made, out)
        swap_in(out, PACKAGE, FOLDERS)
    LOCK.write_text(dumps(made.names.to_json()), encoding="utf-8")
    return counts


def compare(made: Normalised) -> tuple[Counts, list[str]]:
    """What was generated, and where the committed files are not that, a line each."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "generated"
        counts = generate(made, out)
        problems = differences(out, PACKAGE, FOLDERS)
    if LOCK.read_text(encoding="utf-8") != dumps(made.names.to_json()):
        problems.append(f"differs: {LOCK.relative_to(ROOT)}")
    return counts, problems


def package_version() -> str:
    """The version of the SDK in this checkout."""
    text = (PACKAGE / "_version.py").read_text(encoding="utf-8")
    match = re.search(r'__version__ = "([^"]+)"', text)
    assert match is not None
    return match.group(1)
