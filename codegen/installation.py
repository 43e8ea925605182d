"""How README, guides and examples say that the SDK is installed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from . import project

ON_PYPI = False
"""Whether the package is on PyPI. Set it to True for the first release, then run
`python -m codegen release`."""

_CLONE = """\
`actuallycare` needs Python 3.11 or later. It is not on PyPI yet. \
Clone this repository with git and install the clone:

```console
$ git clone REPOSITORY_URL actuallycare
$ pip install ./actuallycare
```
"""
_INDEX = """\
`actuallycare` needs Python 3.11 or later:

```console
$ pip install actuallycare
```
"""
_CLONE_NOTE = """
The commands on these pages install from a clone of the repository, because the package \
is not on PyPI yet. Run them in
the folder that contains the clone `actuallycare`.
"""
_HEADING = "first ten lines.\n"
"""The line before the note."""
_COMMAND = re.compile(r"(pip install ['\"]?)(?:\./)?(actuallycare\b)")
_LINK = re.compile(r"(?<=\]\()(?![a-z]+:|#)")
"""The start of the target of a relative link."""


def files(root: Path) -> list[Path]:
    """Return the files that say how to install the SDK."""
    return [
        root / "README.md",
        *sorted((root / "docs").glob("*.md")),
        *sorted(root.glob("examples/*.py")),
    ]


def repository(root: Path = project.ROOT) -> str:
    """Return the URL of the repository: `Source` of [project.urls], or ""."""
    data = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    url: str = data["project"].get("urls", {}).get("Source", "")
    return url.removesuffix("/")


def with_links(readme: str, *, on_pypi: bool, source: str) -> str:
    """Return README with links that work where it is shown: on PyPI, only absolute ones do."""
    if not source:
        return readme
    pages = f"{source}/blob/HEAD/"
    relative = readme.replace(f"]({pages}", "](")
    return _LINK.sub(pages, relative) if on_pypi else relative


def as_installed(text: str, *, on_pypi: bool) -> str:
    """Return a text with the commands that work now."""
    if on_pypi:
        text = text.replace(_CLONE, _INDEX).replace(_HEADING + _CLONE_NOTE, _HEADING)
    else:
        text = text.replace(_INDEX, _CLONE)
        if _CLONE_NOTE not in text:
            text = text.replace(_HEADING, _HEADING + _CLONE_NOTE)
    return _COMMAND.sub(rf"\1{'' if on_pypi else './'}\2", text)


def write(root: Path = project.ROOT) -> list[Path]:
    """Let the files say what ON_PYPI says; return those that changed."""
    changed = _changes(root)
    for file, text in changed.items():
        file.write_text(text, encoding="utf-8")
    return list(changed)


def outdated(root: Path = project.ROOT) -> list[Path]:
    """Return the files that say something else than ON_PYPI."""
    return list(_changes(root))


def _changes(root: Path) -> dict[Path, str]:
    """Return the new text of each file that says something else than ON_PYPI."""
    source = repository(root)
    changes: dict[Path, str] = {}
    for file in files(root):
        old = file.read_text(encoding="utf-8")
        new = as_installed(old, on_pypi=ON_PYPI)
        if file == root / "README.md":
            new = with_links(new, on_pypi=ON_PYPI, source=source)
        if new != old:
            changes[file] = new
    return changes
