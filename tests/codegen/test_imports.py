"""Importing what was generated from a hostile document does nothing, and writes nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codegen.errors import CodegenError
from codegen.lock import Lock
from codegen.output.install import FOLDERS, replace_folders
from codegen.pipeline import describe, generate
from codegen.source.overlay import Overlay

from .documents import PACKAGE, document, run
from .hostile import (
    CODE,
    PAYLOADS,
    RICH,
    hostile,
    in_parameters,
    in_property,
    in_texts,
    put,
    strings,
)

IMPORT_ALL = """
import importlib, json, pathlib, sys, types

sys.dont_write_bytecode = True
names, runtime, events = json.loads(sys.stdin.read()), sys.argv[1], []
QUIET = {"import", "compile", "exec", "marshal.loads", "object.__getattr__", "code.__new__",
         "object.__setattr__", "os.listdir", "os.scandir", "sys._getframe", "object.__delattr__",
         "builtins.id"}

def record(event, arguments):
    reads = event == "open" and arguments[1] in ("r", "rb", None)
    if watching and event not in QUIET and not reads:
        events.append(f"{event}{arguments!r}"[:300])

watching = False
sys.addaudithook(record)
import actuallycare  # what the run time itself loads is not counted
for name in names:
    package = types.ModuleType(name)
    package.__path__ = [str(pathlib.Path(name).resolve()), runtime]
    sys.modules[name] = package
    importlib.import_module(f"{name}._core.content")
    importlib.import_module(f"{name}._core.deprecation")
    folders = [pathlib.Path(name, part) for part in ("api", "blocking/api", "models")]
    blocking = types.ModuleType(f"{name}.blocking")
    blocking.__path__ = [str(pathlib.Path(name, "blocking").resolve()), f"{runtime}/blocking"]
    sys.modules[f"{name}.blocking"] = blocking
    importlib.import_module(f"{name}.blocking.resource")
    files = [file for folder in folders for file in folder.glob("*.py")]
    watching = True
    for file in sorted(files):
        importlib.import_module(".".join([*file.parent.parts, file.stem]))
    watching = False
print(json.dumps(events))
"""


def assert_imported_without_side_effects(folder: Path, names: list[str]) -> None:
    """Import generated packages in a process of its own, which records what they do."""
    before = contents(folder)
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, str(PACKAGE)],
        cwd=folder, input=json.dumps(names), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == []
    assert contents(folder) == before


def contents(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_hostile_documents_import_without_side_effects(tmp_path: Path) -> None:
    names = list[str]()

    @given(st.sampled_from(list(strings(RICH))), hostile)
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    def write(position: tuple[Any, ...], text: str) -> None:
        install(put(RICH, position, text))

    def install(made: Any) -> None:
        try:
            files = generate(describe(made, Overlay(), Lock()))
        except CodegenError:
            return
        names.append(f"sdk_{len(names)}")
        before = contents(tmp_path)
        replace_folders(files, tmp_path / names[-1], FOLDERS)
        new = contents(tmp_path) - before
        assert {path.split("/")[0] for path in new} == {names[-1]}
        assert {path.split("/")[1] for path in new if "/" in path} == {"api", "blocking", "models"}

    for place in (in_texts, in_parameters, in_property):
        install(place(PAYLOADS["method"]))
    write()
    assert_imported_without_side_effects(tmp_path, names)


def test_a_side_effect_of_an_import_is_noticed(tmp_path: Path) -> None:
    files = dict(generate(run(document())))
    files["models/thing.py"] += f"\n{CODE}\n"
    replace_folders(files, tmp_path / "sdk", FOLDERS)
    with pytest.raises(AssertionError):
        assert_imported_without_side_effects(tmp_path, ["sdk"])
