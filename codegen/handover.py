"""The archive that the job with the vendor's document gives to the job that may write.

    python -I codegen/handover.py pack ARCHIVE      in the first job
    python -I codegen/handover.py accept ARCHIVE    in the second one

The first job runs code that came from the document, so the second one trusts nothing of it: it
checks each entry against the list below, runs none of it, and takes the severity from a fixed list.
Both check afterwards that nothing else of the checkout differs from its commit.
Only the standard library is used, because the second job installs nothing.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import sys
import tarfile
import unicodedata
from pathlib import Path, PurePosixPath

ALLOWED = (
    r"openapi\.json",
    r"docs/api\.md",
    r"build/api-diff\.md",
    r"changelog\.d/document-[0-9a-f]{12}\.md",
    r"codegen/(names\.lock\.json|overlay\.toml|fallbacks\.toml)",
    r"src/actuallycare/(api|blocking/api|models)/[a-z_0-9]{1,100}\.py",
)
"""What a pull request of a new document may change: the only list of it."""

GENERATED = (
    "src/actuallycare/api",
    "src/actuallycare/blocking/api",
    "src/actuallycare/models",
)
"""Folders that are replaced as a whole, so that a removed model does not stay."""

SEVERITIES = ("none", "patch", "minor", "major")

_MOST_FILES = 20_000
_MOST_BYTES = 100 * 2**20
_REPORT = "build/api-diff.md"


class Rejected(Exception):
    """The archive is not what the first job makes of an honest document."""


def is_allowed(name: str) -> bool:
    """Whether a pull request of a new document may change this path."""
    return any(re.fullmatch(pattern, name) for pattern in ALLOWED)


def pack(root: Path, archive: Path) -> list[str]:
    """Write every allowed file below `root` into an archive; return their names."""
    tops = {pattern.split("/")[0].replace("\\", "") for pattern in ALLOWED}
    files = [path for top in tops for path in ((root / top), *(root / top).rglob("*"))]
    names = sorted(
        name
        for name in (path.relative_to(root).as_posix() for path in files if path.is_file())
        if is_allowed(name)
    )
    archive.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive, "w:gz") as tar:
        for name in names:
            tar.add(root / name, name, recursive=False)
    return names


def accept(root: Path, archive: Path) -> list[str]:
    """Put the files of a checked archive in place below `root`; return their names.

    Raises `Rejected`, with nothing changed, when anything in it is not expected.
    """
    files = read(archive)
    for name in files:
        if any((root / parent).is_symlink() for parent in PurePosixPath(name).parents):
            raise Rejected(f"{name}: a folder of the checkout is a link")
    for folder in GENERATED:
        shutil.rmtree(root / folder, ignore_errors=True)
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(content)
    return sorted(files)


def read(archive: Path) -> dict[str, bytes]:
    """Return the files of an archive by name; `Rejected` when anything is not expected."""
    found: dict[str, bytes] = {}
    size = 0
    try:
        with tarfile.open(archive, "r:gz") as tar:
            for member in tar:
                _check(member, found)
                size += member.size
                if size > _MOST_BYTES or len(found) >= _MOST_FILES:
                    raise Rejected("the archive is larger than an SDK can be")
                content = tar.extractfile(member)
                assert content is not None  # a regular file, as `_check` made sure
                found[member.name] = content.read()
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise Rejected(f"the archive cannot be read ({type(error).__name__})") from None
    if "openapi.json" not in found or _REPORT not in found:
        raise Rejected(f"openapi.json and {_REPORT} were expected")
    problem = active_content(found[_REPORT].decode("utf-8", "replace"))
    if problem:
        raise Rejected(f"{_REPORT}: {problem}")
    return found


def _check(member: tarfile.TarInfo, found: dict[str, bytes]) -> None:
    if not member.isreg():
        raise Rejected(f"{ascii(member.name)[:200]}: only regular files are accepted")
    if not is_allowed(member.name):
        raise Rejected(f"{ascii(member.name)[:200]}: not a path that a pull request may change")
    if member.name in found:
        raise Rejected(f"{member.name}: it is in the archive twice")


def check_work_tree(root: Path) -> None:
    """Raise `Rejected` when the checkout differs from its commit where no pull request may."""
    command = ["git", "-C", str(root), "status", "--porcelain", "-z", "--untracked-files=all",
               "--no-renames"]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Rejected(f"the work tree cannot be checked ({type(error).__name__})") from None
    changed = [entry[3:] for entry in done.stdout.decode("utf-8", "replace").split("\0") if entry]
    foreign = sorted(name for name in changed if not is_allowed(name))
    if foreign:
        raise Rejected(f"{ascii(foreign[0])[:200]}: changed, and no pull request may change it")


def active_content(text: str) -> str:
    """Return what is active in the Markdown of a report; empty when nothing is."""
    if len(text) > 65_000:
        return "it is too long for a pull request"
    hidden = [c for c in text if c != "\n" and unicodedata.category(c)[0] == "C"]
    if hidden:
        return f"an invisible character, {hidden[0]!a}"
    outside = re.sub(r"`[^`\n]*`", "", text)
    found = re.search(r"@\w|<[\w/!]|\]\(|!\[|#\d|GH-\d|://|(?m:^\s*(::|##\[|```|~~~))", outside)
    return f"active Markdown, {found.group()!r}" if found else ""


def severity_of(text: str) -> str:
    """Return the severity when it is one; `Rejected` otherwise."""
    if text not in SEVERITIES:
        raise Rejected(f"the severity {ascii(text)[:40]} is none of {', '.join(SEVERITIES)}")
    return text


def main(arguments: list[str]) -> int:
    """Pack or accept; SEVERITY and GITHUB_OUTPUT come from the environment."""
    command, archive = arguments
    root = Path(__file__).resolve().parents[1]
    try:
        if command == "pack":
            check_work_tree(root)
            names = pack(root, Path(archive))
        else:
            severity = severity_of(os.environ.get("SEVERITY", ""))
            names = accept(root, Path(archive))
            check_work_tree(root)
            _output("severity", severity)
    except Rejected as reason:
        print(f"rejected: {reason}", file=sys.stderr)
        return 1
    print(f"{len(names)} files: {command}")
    return 0


def _output(name: str, value: str) -> None:
    if path := os.environ.get("GITHUB_OUTPUT"):
        end = f"end_{secrets.token_hex(16)}"
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(f"{name}<<{end}\n{value}\n{end}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
