"""The paths of this project, and reading and writing its files."""

from __future__ import annotations

import json
import re
from pathlib import Path

from .compat import deprecated
from .compat.deprecated import ReleaseManifest
from .document import Json, dumps
from .errors import CodegenError, Problem
from .fallbacks import fallback_differences, fallbacks_toml
from .findings import Finding
from .lock import Lock
from .output.install import FOLDERS, differences, replace_folders
from .pipeline import Description, describe, generate
from .render.reference_page import reference_page
from .source.overlay import parse_overlay
from .source.pull import parse, read_file

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "openapi.json"
REFERENCE = ROOT / "codegen" / "reference.json"
LOCK = ROOT / "codegen" / "names.lock.json"
OVERLAY = ROOT / "codegen" / "overlay.toml"
FALLBACKS = ROOT / "codegen" / "fallbacks.toml"
RELEASED = ROOT / "codegen" / "released.json"
PACKAGE = ROOT / "src" / "actuallycare"
REFERENCE_PAGE = ROOT / "docs" / "api.md"


def load(path: Path) -> Json:
    """Read a JSON file of the project."""
    try:
        document: Json = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CodegenError([Problem(str(path), f"cannot be read: {error}")]) from None
    return document


def load_document(path: Path) -> Json:
    """Read an OpenAPI document, with the checks of a pull."""
    return parse(read_file(path), str(path))


def read_api(document: Json, *, lenient: bool = False, overlay: str | None = None) -> Description:
    """Describe `document` by the overlay (as it is, or as this text) and the lock of this checkout.

    Raises `CodegenError` when a released name would be lost. A lenient reading, for comparing
    documents, passes over that, and over deprecated names.
    """
    lock: Json = load(LOCK) if LOCK.exists() else {}
    entries = parse_overlay(overlay or OVERLAY.read_text(encoding="utf-8"))
    reference = load(REFERENCE) if REFERENCE.exists() else None
    description = describe(document, entries, Lock.from_json(lock), reference)
    if lenient:
        return description.without_aliases()
    found = deprecated.problems(released(), description.api, package_version())
    if found:
        raise CodegenError(found)
    return description


def released() -> ReleaseManifest:
    """The names of the last release; none before the first."""
    return ReleaseManifest.from_json(load(RELEASED)) if RELEASED.exists() else ReleaseManifest()


def release_manifest(description: Description) -> str:
    """The text of `released.json` for a release of this code."""
    return dumps(ReleaseManifest.of(package_version(), description.api).to_json())


def write(description: Description) -> None:
    """Put the generated code and page, the lock and the list of fallbacks in place."""
    replace_folders(generate(description), PACKAGE, FOLDERS)
    LOCK.write_text(dumps(description.lock.to_json()), encoding="utf-8")
    FALLBACKS.write_text(fallbacks_toml(description.findings.fallbacks), encoding="utf-8")
    REFERENCE_PAGE.parent.mkdir(exist_ok=True)
    REFERENCE_PAGE.write_text(reference_page(description.api), encoding="utf-8")


def compare(description: Description) -> list[str]:
    """Return where the committed files are not what `description` gives, a line each."""
    problems = differences(generate(description), PACKAGE, FOLDERS)
    if not LOCK.exists() or load(LOCK) != description.lock.to_json():
        problems.append(f"differs: {LOCK.relative_to(ROOT)}")
    page = REFERENCE_PAGE.read_text(encoding="utf-8") if REFERENCE_PAGE.exists() else ""
    if page != reference_page(description.api):
        problems.append(f"differs: {REFERENCE_PAGE.relative_to(ROOT)}")
    committed = FALLBACKS.read_text(encoding="utf-8") if FALLBACKS.exists() else ""
    return problems + fallback_differences(committed, description.findings.fallbacks)


def new_fallbacks(description: Description) -> list[Finding]:
    """The fallbacks that the committed list does not have."""
    committed = FALLBACKS.read_text(encoding="utf-8") if FALLBACKS.exists() else ""
    return [f for f in description.findings.fallbacks if json.dumps(f.place) not in committed]


def package_version() -> str:
    """The version of the SDK in this checkout."""
    text = (PACKAGE / "_version.py").read_text(encoding="utf-8")
    match = re.search(r'__version__ = "([^"]+)"', text)
    assert match is not None
    return match.group(1)
