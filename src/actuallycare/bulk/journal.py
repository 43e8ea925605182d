"""The journal of a bulk run: which rows are finished, so that a run that was killed can continue.

A row is `started` before its first request is sent, and has an outcome afterwards:

    (nothing) ──▶ started ──▶ done        never sent again
                     │    └─▶ failed      had no effect: the next run sends it
                     └──────▶ unknown     may have had an effect: reported, not sent again

A row that is still `started` when a run begins was in flight when an earlier run was killed. Its
outcome is unknown.
"""

from __future__ import annotations

import json
import os
from io import FileIO
from pathlib import Path
from typing import Any, Final, Literal, Protocol

from .._core.errors import ConfigurationError
from .._core.json_value import is_object

State = Literal["started", "done", "failed", "unknown"]
_STATES: Final = ("started", "done", "failed", "unknown")


class Journal(Protocol):
    """Stores the state of each row by its key. Its methods may be called from one thread only.

    A run does not close a journal that it did not open.
    """

    def state(self, key: str) -> State | None:
        """Return the last recorded state; None for a row that is not recorded."""
        ...

    def start(self, key: str) -> None:
        """Record that the row is about to be sent. It must be stored when this returns."""
        ...

    def finish(self, key: str, state: Literal["done", "failed", "unknown"], note: str = "") -> None:
        """Record the outcome. `note` is the id of the created record, or the error."""
        ...


class FileJournal:
    """A journal in a file: one JSON object a line.

    A line is complete when it ends with a newline. The rest of an incomplete one, which a killed
    run may leave, is removed. One process at a time may use the file; another is rejected, except
    on Windows, where the file is not locked.

    Args:
        path: created if it does not exist.
        fsync: write to the disk each time, so that a power failure loses nothing either. A killed
            process loses nothing without it.

    Raises:
        ConfigurationError: the file is no journal, or another process uses it.
    """

    def __init__(self, path: str | os.PathLike[str], *, fsync: bool = False) -> None:
        self._path = Path(path)
        self._fsync = fsync
        self._file: FileIO = self._path.open("a+b", buffering=0)
        try:
            _lock(self._file, self._path)
            self._states = self._load()
        except BaseException:
            self._file.close()
            raise

    def state(self, key: str) -> State | None:
        """Return the last recorded state; None for a row that is not recorded."""
        return self._states.get(key)

    def start(self, key: str) -> None:
        """Record that the row is about to be sent."""
        self._write(key, "started", "")

    def finish(self, key: str, state: Literal["done", "failed", "unknown"], note: str = "") -> None:
        """Record the outcome; `note` is the id of the created record, or the error."""
        self._write(key, state, note)

    def undecided(self) -> list[str]:
        """Return the keys of the rows that may have been processed, for a decision."""
        return [key for key, state in self._states.items() if state in ("started", "unknown")]

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _write(self, key: str, state: State, note: str) -> None:
        entry = {"key": key, "state": state, **({"note": note} if note else {})}
        # One write: a process that is killed leaves all of the line or a part at the end.
        self._file.write(json.dumps(entry).encode() + b"\n")
        if self._fsync:
            os.fsync(self._file.fileno())
        self._states[key] = state

    def _load(self) -> dict[str, State]:
        self._file.seek(0)
        content = self._file.read()
        complete = content[: content.rfind(b"\n") + 1]
        states = dict(self._entry(line) for line in complete.splitlines())
        if len(complete) < len(content):
            self._file.truncate(len(complete))
        return states

    def _entry(self, line: bytes) -> tuple[str, State]:
        try:
            entry: Any = json.loads(line)
        except ValueError:
            entry = None
        if is_object(entry) and isinstance(entry.get("key"), str) and entry.get("state") in _STATES:
            return entry["key"], entry["state"]
        raise ConfigurationError(
            f"{self._path} is no journal of a bulk run: a line is not an entry. Pass another file."
        )


def _lock(file: FileIO, path: Path) -> None:
    """Lock the file for this process. The system releases the lock when the process ends."""
    try:
        import fcntl
    except ImportError:  # Windows has no advisory locks of this kind
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise ConfigurationError(
            f"another run uses the journal {path}. Wait for it, or pass another file."
        ) from None
