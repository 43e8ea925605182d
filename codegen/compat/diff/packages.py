"""A cross-check: griffe compares the two generated packages, knowing nothing of documents.

It sees names and whether arguments are required, not types; so it is compared with those changes
that concern names. Either both see something break, or neither does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import griffe

from .change import Change

_STRUCTURAL = {
    griffe.BreakageKind.OBJECT_REMOVED,
    griffe.BreakageKind.PARAMETER_REMOVED,
    griffe.BreakageKind.PARAMETER_ADDED_REQUIRED,
    griffe.BreakageKind.PARAMETER_CHANGED_REQUIRED,
    griffe.BreakageKind.PARAMETER_CHANGED_KIND,
}
_OURS = (
    "is gone",
    "new required",
    "is required now",
    "by position or keyword",
)


def breakages(old: Path, new: Path) -> list[str]:
    """What griffe finds broken between two folders that hold `api` and `models`.

    Sorted, a line each. Constants and the raw twins of methods are left out.
    """
    before, after = (_load(folder) for folder in (old, new))
    found = griffe.find_breaking_changes(before, after)
    return sorted(
        f"{breakage.obj.path}: {breakage.kind.value}"
        for breakage in found
        if breakage.kind in _STRUCTURAL and _public(breakage.obj.path)
    )


def mismatch(changes: Sequence[Change], broken: Sequence[str]) -> str | None:
    """What to say when only one of the two sees names break; None when they agree."""
    ours = [f for f in changes if f.severity == "major" and any(t in f.text for t in _OURS)]
    if bool(ours) == bool(broken):
        return None
    if broken:
        shown = "\n".join(f"  {line}" for line in broken)
        return f"griffe finds names broken where the diff finds none:\n{shown}"
    shown = "\n".join(f"  {f.subject}: {f.text}" for f in ours)
    return f"the diff finds names broken where griffe finds none:\n{shown}"


def as_package(files: Mapping[str, str], folder: Path) -> Path:
    """Write the package `sdk` with freshly generated modules into a folder; return the folder."""
    package = folder / "sdk"
    for name, text in {**files, "__init__.py": ""}.items():
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(text, encoding="utf-8")
    return folder


def _load(folder: Path) -> griffe.Object | griffe.Alias:
    package = griffe.load("sdk", search_paths=[folder], try_relative_path=False)
    _remove_options(package)
    return package


def _remove_options(node: griffe.Object | griffe.Alias) -> None:
    """Remove `**options: Unpack[CallOptions]` from every function below `node`.

    griffe does not read the keys of `CallOptions`: to it, `**options` accepts any keyword, so a
    removed argument would break nothing.
    """
    for member in node.members.values():
        if isinstance(member, griffe.Function):
            for parameter in list(member.parameters):
                if parameter.kind is griffe.ParameterKind.var_keyword:
                    del member.parameters[parameter.name]
        elif not member.is_alias:
            _remove_options(member)


def _public(path: str) -> bool:
    parts = path.split(".")
    if parts[:2] == ["sdk", "models"]:
        return True
    return parts[:2] == ["sdk", "api"] and any(part.endswith("Resource") for part in parts[3:4])
