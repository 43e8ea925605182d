"""Run a command on the code of the published reference: `python -m tests.reference pytest -q`.

The tests, the examples and the sandbox use operations and fields as the vendor's published pages
describe them. Until the first pull, openapi.json is derived from those pages, and the command runs
here. Afterwards it runs in a copy of this checkout, build/reference, whose document and generated
code are made from the reference again. `tests/document` checks the code of the pulled document.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from codegen import project
from codegen.source.published import is_derived

COPY = project.ROOT / "build" / "reference"
_LEFT_OUT = shutil.ignore_patterns("build", "dist", "__pycache__", ".venv", ".nox", ".*_cache")


def checkout() -> Path:
    """Return the folder to run in: this checkout, or a new copy of it."""
    if is_derived(project.load(project.DOCUMENT)):
        return project.ROOT
    shutil.rmtree(COPY, ignore_errors=True)
    shutil.copytree(project.ROOT, COPY, ignore=_LEFT_OUT, symlinks=True)
    (COPY / project.DOCUMENT.name).unlink()
    for command in ("reference", "generate"):
        subprocess.run(
            [sys.executable, "-m", "codegen", command],
            cwd=COPY,
            env=environment(COPY),
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return COPY


def environment(folder: Path) -> dict[str, str]:
    """Return the environment in which Python imports the packages of a checkout."""
    paths = [str(folder / "src"), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}


def main() -> int:
    """Run `python -m` with the arguments; return the exit status."""
    command = [sys.executable, "-m", *sys.argv[1:]]
    folder = checkout()
    if folder == project.ROOT:
        return subprocess.run(command, cwd=folder, check=False).returncode
    print(f"openapi.json was pulled: running in {folder.relative_to(project.ROOT)}", flush=True)
    return subprocess.run(command, cwd=folder, env=environment(folder), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
