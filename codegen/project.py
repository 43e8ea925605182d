"""Where the parts of this project are, read and written: the only place that knows."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path

from . import deprecated
from .deprecated import Released
from .diff.facts import read_facts
from .document import Json, dumps
from .generate import FOLDERS, Counts, generate
from .names import Lock
from .normalise import Normalised, normalise
from .overlay import parse_overlay
from .refusal import Refused
from .swap import differences, swap_in

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "openapi.json"
LOCK = ROOT / "codegen" / "names.lock.json"
OVERLAY = ROOT / "codegen" / "overlay.toml"
RELEASED = ROOT / "codegen" / "released.json"
PACKAGE = ROOT / "src" / "actuallycare"


def load(path: Path) -> Json:
    """A JSON file of the project."""
    document: Json = json.loads(path.read_text(encoding="utf-8"))
    return document


def normalised(document: Json, *, lenient: bool = False, overlay: str | None = None) -> Normalised:
    """`document` by the overlay (as it is, or as this text) and the lock of this checkout.

    Raises `Refused` when the document cannot be carried, or a released name would be lost. A
    lenient reading, for comparing documents, passes over overlay entries that do not match.
    """
    lock: Json = load(LOCK) if LOCK.exists() else {}
    entries = parse_overlay(overlay or OVERLAY.read_text(encoding="utf-8"))
    made = normalise(document, entries, Lock.from_json(lock), lenient=lenient)
    if not lenient:
        facts = read_facts(made.document)
        found = deprecated.problems(released(), facts, made.aliases, package_version())
        if found:
            raise Refused(found)
    return made


def released() -> Released:
    """What the last release promised; nothing before the first."""
    return Released.from_json(load(RELEASED)) if RELEASED.exists() else Released()


def seal(made: Normalised) -> str:
    """The text of `released.json` for a release of this code."""
    facts = read_facts(made.document)
    return dumps(Released.of(package_version(), facts, made.aliases).to_json())


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
