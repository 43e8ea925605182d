"""Put whole generated folders in place of the old ones, or change nothing."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path


def swap_in(fresh: Path, target: Path, folders: Sequence[str]) -> None:
    """Replace each of `folders` below `target` by the one below `fresh`.

    The new folders are copied beside the old ones first; the exchange itself is renames only, and
    is taken back when one of them fails.
    """
    staged = {name: target / f".{name}.new" for name in folders}
    kept = {name: target / f".{name}.old" for name in folders}
    for path in (*staged.values(), *kept.values()):
        shutil.rmtree(path, ignore_errors=True)
    done: list[str] = []
    try:
        for name in folders:
            shutil.copytree(fresh / name, staged[name])
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


def differences(fresh: Path, target: Path, folders: Sequence[str]) -> list[str]:
    """Relative paths whose bytes differ between the two trees, with what is wrong with each."""
    out: list[str] = []
    for name in folders:
        new = _files(fresh / name)
        old = _files(target / name)
        for path in sorted(new.keys() | old.keys()):
            if path not in old:
                out.append(f"missing: {name}/{path}")
            elif path not in new:
                out.append(f"not generated: {name}/{path}")
            elif old[path] != new[path]:
                out.append(f"differs: {name}/{path}")
    return out


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
