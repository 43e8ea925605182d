"""Copy the SDK into another one: `other_sdk/_vendor/actuallycare`, with licence and manifest.

Plain copying is all that the package needs, as every import in it is relative; this adds what a
maintainer wants to know later: which version it was, from which document, and whether anybody has
edited the copy since.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from pathlib import Path

from ..document import Json
from ..errors import CodegenError, Problem
from ..project import PACKAGE, ROOT, package_version

MANIFEST = "VENDORED.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `python -m codegen vendor`."""
    parser.add_argument("destination", type=Path, help="such as other_sdk/_vendor")
    parser.add_argument(
        "--package", default="actuallycare", metavar="NAME", help="name of the copy"
    )
    parser.add_argument(
        "--check", action="store_true", help="report local edits instead of copying"
    )


def run(options: argparse.Namespace) -> int:
    """Vendor, or check a vendored copy; the exit status."""
    if not str(options.package).isidentifier():
        problem = f"{options.package!r} cannot be imported; a Python identifier was expected"
        raise CodegenError([Problem("--package", problem)])
    target: Path = options.destination / options.package
    if options.check:
        edits = local_edits(target)
        print("\n".join(edits) or f"{target} is as it was vendored", file=sys.stderr)
        return 1 if edits else 0
    manifest = vendor(target)
    print(f"actuallycare {manifest['version']}, {len(manifest['files'])} files → {target}")
    return 0


def vendor(target: Path) -> Json:
    """Put the package at `target`, in place of an earlier copy; its manifest.

    Raises `CodegenError` when something else is there, or a copy with local edits.
    """
    if target.exists():
        edits = local_edits(target)
        if edits:
            reason = f"has local edits ({'; '.join(edits[:5])}); undo them or remove it"
            raise CodegenError([Problem(str(target), reason)])
        shutil.rmtree(target)
    shutil.copytree(PACKAGE, target, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    shutil.copy(ROOT / "LICENSE", target / "LICENSE")
    manifest: Json = {
        "name": "actuallycare",
        "version": package_version(),
        "document": _hash(ROOT / "openapi.json"),
        "files": hashes(target),
    }
    text = json.dumps(manifest, indent=2, sort_keys=True) + "\n"
    (target / MANIFEST).write_text(text, encoding="utf-8")
    return manifest


def local_edits(target: Path) -> list[str]:
    """What differs from the manifest, a line each."""
    try:
        manifest: Json = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return [f"{MANIFEST} is missing or unreadable: this is no vendored copy"]
    recorded: dict[str, str] = manifest["files"]
    found = hashes(target)
    edits = [f"edited: {p}" for p in recorded if p in found and found[p] != recorded[p]]
    edits += [f"missing: {path}" for path in recorded.keys() - found.keys()]
    edits += [f"added: {path}" for path in found.keys() - recorded.keys()]
    return sorted(edits)


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of each file below `folder`, the manifest and caches aside."""
    return {
        path.relative_to(folder).as_posix(): _hash(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST and "__pycache__" not in path.parts
    }


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
