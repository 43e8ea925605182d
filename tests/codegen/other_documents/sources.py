"""Where the documents come from, and how they are obtained: npm, or a commit of a repository."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess
import tarfile
import tomllib
from pathlib import Path
from typing import Any

import yaml
from attrs import frozen

from tests import express

from ..documents import ROOT

LIST = Path(__file__).with_name("sources.toml")
FOLDER = ROOT / "build" / "other-documents"


class UnavailableError(Exception):
    """A document cannot be obtained here; the message says why."""


@frozen
class Source:
    """One document, by exact version."""

    title: str
    group: str
    """`express` for the back ends that this is about, `other` for the rest."""
    sha256: str
    """Of the file; of the canonical JSON when it is made of annotations."""
    path: str = ""
    """Of the file, in its package or repository."""
    npm: str = ""
    """Package and version."""
    repository: str = ""
    """Owner and name on GitHub."""
    commit: str = ""
    annotations: tuple[str, ...] = ()
    """Globs of annotated files, where the back end makes the document when it starts."""

    @property
    def origin(self) -> str:
        """Package or repository, with its version."""
        return self.npm or f"{self.repository}@{self.commit[:10]}"


def sources() -> list[Source]:
    """Every source of sources.toml."""
    entries = tomllib.loads(LIST.read_text(encoding="utf-8"))["document"]
    return [Source(**{**e, "annotations": tuple(e.get("annotations", ()))}) for e in entries]


def obtain(source: Source) -> dict[str, Any]:
    """Return the document. Raises `UnavailableError` when it cannot be had, or is another one."""
    content = _content(source)
    digest = hashlib.sha256(content).hexdigest()
    if digest != source.sha256:
        raise UnavailableError(f"SHA-256 {source.sha256} was expected, {digest} was found")
    if source.path.endswith(".js"):
        return json.loads(_run("node", str(express.HERE / "exported.js"), standard_input=content))
    if source.path.endswith((".yaml", ".yml")):
        # Dates and other scalars that JSON does not have become text, as a browser would get them.
        return json.loads(json.dumps(yaml.load(content, Loader=yaml.CSafeLoader), default=str))
    return json.loads(content)


def _content(source: Source) -> bytes:
    if source.npm:
        return _member(_package(source.npm), f"package/{source.path}")
    repository = _repository(source)
    if source.annotations:
        return _from_annotations(repository, source)
    return _run("git", "--git-dir", str(repository), "show", f"{source.commit}:{source.path}")


def _package(package: str) -> bytes:
    """The archive of a package, downloaded once; npm checks its integrity."""
    name, _, version = package.rpartition("@")
    archive = FOLDER / f"{re.sub('[@/]+', '-', name).strip('-')}-{version}.tgz"
    if not archive.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        _run("npm", "pack", "--silent", "--pack-destination", str(FOLDER), package)
    return archive.read_bytes()


def _member(archive: bytes, path: str) -> bytes:
    with tarfile.open(fileobj=io.BytesIO(archive)) as package:
        member = package.extractfile(path)
        assert member is not None
        return member.read()


def _repository(source: Source) -> Path:
    """A bare repository that has the commit, fetched once and without its history."""
    folder = FOLDER / "git" / source.repository.replace("/", "+")
    known = ["git", "--git-dir", str(folder), "cat-file", "-e", f"{source.commit}^{{commit}}"]
    if folder.exists() and subprocess.run(known, capture_output=True, check=False).returncode == 0:
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    _run("git", "init", "--quiet", "--bare", str(folder))
    url = f"https://github.com/{source.repository}"
    _run(
        "git", "--git-dir", str(folder), "fetch", "--quiet", "--depth=1", "--no-tags",
        url, source.commit,
    )  # fmt: skip
    return folder


def _from_annotations(repository: Path, source: Source) -> bytes:
    """What swagger-jsdoc makes of the annotated files of a commit, as canonical JSON."""
    checkout = repository.with_suffix(f".{source.commit[:10]}")
    if not checkout.exists():
        partial = checkout.with_suffix(".partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir()
        _run(
            "git", "--git-dir", str(repository), "--work-tree", str(partial),
            "checkout", "--quiet", source.commit, "--", ".",
        )  # fmt: skip
        partial.rename(checkout)
    script = str(express.HERE / "annotations.js")
    globs = [str(checkout / pattern) for pattern in source.annotations]
    made = _run("node", script, "3.0.0", *globs, node_path=express.modules())
    return json.dumps(json.loads(made), indent=1, sort_keys=True).encode()


def _run(
    name: str, *arguments: str, node_path: Path | None = None, standard_input: bytes | None = None
) -> bytes:
    """The output of a program; `UnavailableError` with its last line when it fails."""
    command = [express.program(name), *arguments]
    env = express.environment(node_path)
    done = subprocess.run(
        command, input=standard_input, capture_output=True, check=False, env=env, timeout=300
    )
    if done.returncode:
        last = (done.stderr.decode(errors="replace").strip().splitlines() or ["no message"])[-1]
        raise UnavailableError(f"{name} failed: {last}")
    return done.stdout
