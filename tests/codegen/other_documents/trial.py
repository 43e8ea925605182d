"""One document in a process of its own: generate, import, and compare with the document.

`python -m tests.codegen.other_documents.trial DOCUMENT FOLDER NAME` writes the package FOLDER/NAME,
and prints the result as JSON. An exception of the generator ends it with a traceback, which is
what the caller counts.
"""

from __future__ import annotations

import copy
import importlib
import json
import pkgutil
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import attrs
from attrs import field, frozen

from codegen.output.install import FOLDERS

from ..documents import PACKAGE
from .coverage import Operation, Outcome, document_operations, outcomes
from .generator import run_generator


@frozen
class Result:
    """What became of one document."""

    version: str = ""
    outcomes: dict[Outcome, int] = field(factory=dict[Outcome, int])
    """How many operations there are of each outcome."""
    silent: list[str] = field(factory=list[str])
    """Operations that lost their result, or were left out, without a finding."""
    findings: list[str] = field(factory=list[str])
    accepted: bool = False
    seconds: float = 0.0
    import_error: str = ""
    traceback: str = ""
    """Last line of it, when the generator ended with one or took too long."""
    type_errors: int = 0
    """Of pyright strict; counted afterwards, for all packages together."""

    @property
    def operations(self) -> int:
        """All operations of the document."""
        return sum(self.outcomes.values())

    @property
    def callable(self) -> int:
        """Operations that became a method."""
        return self.operations - self.outcomes.get("omitted", 0)


def without_security(document: dict[str, Any]) -> dict[str, Any]:
    """Leave out credentials: API key and JWT of ActuallyCare are what the SDK supports."""
    changed = copy.deepcopy(document)
    changed.pop("security", None)
    for operation in document_operations(changed):
        operation.node["security"] = []
    return changed


def trial(document: dict[str, Any], folder: Path, name: str) -> Result:
    """Generate the package `folder`/`name` from `document`, and judge it."""
    started = time.monotonic()
    generated = run_generator(document, folder / f"{name}.generated")
    seconds = time.monotonic() - started
    if generated.accepted:
        _assemble(folder, name)
    operations = list(document_operations(document))
    found = outcomes(operations, folder / name, generated.findings)
    return Result(
        version=str(document.get("openapi")),
        outcomes=found.counts,
        silent=found.silent if generated.accepted else [],
        findings=[f"{f.place}: {f.reason}" for f in generated.findings],
        accepted=generated.accepted,
        seconds=seconds,
        import_error=_import_error(folder, name) if generated.accepted else "",
    )


def _assemble(folder: Path, name: str) -> None:
    """The run time of the SDK, with the generated code in it."""
    made = folder / f"{name}.generated"
    ignored = shutil.ignore_patterns("api", "models", "__pycache__")
    shutil.copytree(PACKAGE, folder / name, ignore=ignored)
    for part in FOLDERS:
        (made / part).rename(folder / name / part)
    shutil.rmtree(made)


def _import_error(folder: Path, name: str) -> str:
    """The first error of importing every generated module; empty when there is none."""
    sys.path.insert(0, str(folder))
    try:
        for part in FOLDERS:
            package = importlib.import_module(f"{name}.{part.replace('/', '.')}")
            for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
                importlib.import_module(found.name)
    except Exception as error:  # any error of generated code is the result
        return f"{type(error).__name__}: {error}"
    finally:
        sys.path.remove(str(folder))
    return ""


def failed(document: dict[str, Any], traceback: str, seconds: float) -> Result:
    """The result of a document that the generator did not survive."""
    operations: list[Operation] = list(document_operations(document))
    return Result(
        version=str(document.get("openapi")),
        outcomes={"omitted": len(operations)},
        traceback=traceback,
        seconds=seconds,
    )


def main() -> None:
    """Judge one document."""
    path, folder, name = sys.argv[1:]
    document = json.loads(Path(path).read_text(encoding="utf-8"))
    print(json.dumps(attrs.asdict(trial(document, Path(folder), name))))


if __name__ == "__main__":
    main()
