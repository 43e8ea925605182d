"""Put whole generated folders in place of the old ones, or change nothing."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

FOLDERS = ("api", "blocking/api", "models")
"""The folders of the package that are generated as a whole."""


def replace_folders(files: Mapping[str, str], target: Path, folders: Sequence[str]) -> None:
    """Replace each of `folders` below `target` by the files whose path begins with it.

    The new folders are written beside the old ones first; the exchange itself is renames only, and
    is undone when one of them fails.
    """
    staged = {name: _beside(target / name, "new") for name in folders}
    kept = {name: _beside(target / name, "old") for name in folders}
    for path in (*staged.values(), *kept.values()):
        shutil.rmtree(path, ignore_errors=True)
    done: list[str] = []
    try:
        for name, text in files.items():
            folder, _, rest = name.rpartition("/")
            (staged[folder] / rest).parent.mkdir(parents=True, exist_ok=True)
            (staged[folder] / rest).write_text(text, encoding="utf-8")
        for name in folders:
            if (target / name).exists():
                (target / name).rename(kept[name])
            done.append(name)
            staged[name].rename(target / name)
    except OSError:
        for name in done:
            if kept[name].exists():
                shutil.rmtree(target / name, ignore_errors=True)
                kept[name].rename(target / name)
        raise
    finally:
        for path in staged.values():
            shutil.rmtree(path, ignore_errors=True)
    for path in kept.values():
        shutil.rmtree(path, ignore_errors=True)


def _beside(folder: Path, suffix: str) -> Path:
    return folder.with_name(f".{folder.name}.{suffix}")


def differences(files: Mapping[str, str], target: Path, folders: Sequence[str]) -> list[str]:
    """Return the paths below `target` whose bytes are not those of `files`, with the reason."""
    old = {
        f"{name}/{path.relative_to(target / name).as_posix()}": path.read_bytes()
        for name in folders
        for path in (target / name).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    new = {path: text.encode() for path, text in files.items()}
    out: list[str] = []
    for path in sorted(new.keys() | old.keys()):
        if path not in old:
            out.append(f"missing: {path}")
        elif path not in new:
            out.append(f"not generated: {path}")
        elif old[path] != new[path]:
            out.append(f"differs: {path}")
    return out
