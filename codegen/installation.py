"""How README, guides and examples say that the SDK is installed."""

from __future__ import annotations

import re
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
_TEXTS = {_CLONE: _INDEX, _CLONE_NOTE: ""}
_HEADING = "first ten lines.\n"
"""The line before the note."""
_COMMAND = re.compile(r"(pip install ['\"]?)(?:\./)?(actuallycare\b)")


def files(root: Path) -> list[Path]:
    """Return the files that say how to install the SDK."""
    return [
        root / "README.md",
        *sorted((root / "docs").glob("*.md")),
        *sorted(root.glob("examples/*.py")),
    ]


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
    changed: list[Path] = []
    for file in outdated(root):
        text = file.read_text(encoding="utf-8")
        file.write_text(as_installed(text, on_pypi=ON_PYPI), encoding="utf-8")
        changed.append(file)
    return changed


def outdated(root: Path = project.ROOT) -> list[Path]:
    """Return the files that say something else than ON_PYPI."""
    texts = ((file, file.read_text(encoding="utf-8")) for file in files(root))
    return [file for file, text in texts if as_installed(text, on_pypi=ON_PYPI) != text]
