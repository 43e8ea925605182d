"""Storage: JSON records by kind and id in SQLite, in memory or in a file.

This is the only module that uses the database. A committed transaction is on disk
(`synchronous=FULL`), so a killed process loses no acknowledged write.
"""

from __future__ import annotations

import json
import math
import sqlite3
import threading
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from ..json_value import Record
from .query import MAX_INTEGER, Selection, has_words, order_clause, where_clause

_SCHEMA = """
CREATE TABLE IF NOT EXISTS records (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    owner TEXT,
    doc TEXT NOT NULL,
    UNIQUE (kind, id)
);
CREATE INDEX IF NOT EXISTS by_kind ON records (kind, seq);
CREATE INDEX IF NOT EXISTS by_hash ON records (kind, json_extract(doc, '$.hash'))
    WHERE json_extract(doc, '$.hash') IS NOT NULL;
"""


class StoreError(RuntimeError):
    """The data file cannot be used; the message gives the reason."""


@contextmanager
def explain_store_errors() -> Generator[None]:
    """Raise a StoreError for a data file whose records are not those of a sandbox."""
    try:
        yield
    except (sqlite3.Error, AttributeError, LookupError, TypeError, ValueError) as error:
        raise StoreError(
            f"the data file cannot be used: it has no records of this sandbox "
            f"({type(error).__name__}: {error}). Delete it, or name another one"
        ) from error


class Store:
    """Records of every kind, over one connection; `transaction` serializes threads.

    Args:
        path: a SQLite file, created if it is missing; None keeps the records in memory.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._lock = threading.RLock()
        try:
            self._connection = sqlite3.connect(
                path or ":memory:", timeout=1.0, isolation_level=None, check_same_thread=False
            )
            try:
                self._prepare()
            except sqlite3.Error:
                self._connection.close()
                raise
        except sqlite3.Error as error:
            raise StoreError(f"{path} cannot be used as the data file: {error}") from error

    def _prepare(self) -> None:
        # One process per file: a second one would send every webhook delivery again.
        self._connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.executescript(_SCHEMA)
        self._connection.create_function("has_words", -1, has_words, deterministic=True)

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Generator[None]:
        """Commit all writes of the block at its end, or none of them after an exception.

        Transactions of different threads run one after the other. They cannot be nested.
        """
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # SQLite rolls back by itself on some errors
                    self._connection.execute("ROLLBACK")
                raise

    def add(self, kind: str, record: Mapping[str, Any], owner: str | None = None) -> None:
        """Store a new record under its `id`."""
        self.add_all(kind, [(record, owner)])

    def add_all(self, kind: str, records: Iterable[tuple[Mapping[str, Any], str | None]]) -> None:
        """Store new records, each with its owner."""
        self._connection.executemany(
            "INSERT INTO records (kind, id, owner, doc) VALUES (?, ?, ?, ?)",
            ((kind, str(record["id"]), owner, json.dumps(record)) for record, owner in records),
        )

    def get(self, kind: str, id: str, owner: str | None = None) -> Record | None:
        """The record of that id; None when there is none, or none of that owner."""
        row = self._connection.execute(
            "SELECT doc FROM records WHERE kind = ? AND id = ? AND (? IS NULL OR owner = ?)",
            (kind, id, owner, owner),
        ).fetchone()
        return json.loads(row[0]) if row else None

    def put(self, kind: str, record: Mapping[str, Any]) -> None:
        """Replace the record with the same id; its owner and position do not change."""
        self._connection.execute(
            "UPDATE records SET doc = ? WHERE kind = ? AND id = ?",
            (json.dumps(record), kind, str(record["id"])),
        )

    def remove(self, kind: str, id: str) -> None:
        """Delete a record."""
        self._connection.execute("DELETE FROM records WHERE kind = ? AND id = ?", (kind, id))

    def select(
        self,
        selection: Selection,
        *,
        limit: int = -1,
        offset: int = 0,
        sort: str | None = None,
        descending: bool = True,
    ) -> list[Record]:
        """Return records of a selection, newest first by default. A limit of -1 returns all."""
        if offset > MAX_INTEGER:
            return []
        condition, parameters = where_clause(selection)
        order, more = order_clause(sort, descending=descending)
        rows = self._connection.execute(
            f"SELECT doc FROM records WHERE {condition} ORDER BY {order} LIMIT ? OFFSET ?",  # noqa: S608
            [*parameters, *more, limit, offset],
        )
        return [json.loads(row[0]) for row in rows]

    def first(self, selection: Selection) -> Record | None:
        """Return the newest record of a selection."""
        return next(iter(self.select(selection, limit=1)), None)

    def count(self, selection: Selection) -> int:
        """Return the number of records in a selection."""
        condition, parameters = where_clause(selection)
        query = f"SELECT count(*) FROM records WHERE {condition}"  # noqa: S608
        return int(self._connection.execute(query, parameters).fetchone()[0])

    def count_by(self, selection: Selection, field: str) -> dict[str, int]:
        """Return the number of records in a selection by the value of a field."""
        condition, parameters = where_clause(selection)
        rows = self._connection.execute(
            f"SELECT json_extract(doc, ?) AS v, count(*) FROM records WHERE {condition} GROUP BY v",  # noqa: S608
            [f"$.{field}", *parameters],
        )
        return {str(value): count for value, count in rows if value is not None}

    def total(self, selection: Selection, field: str) -> float | None:
        """Return the sum of a field over a selection; None if it is infinite."""
        condition, parameters = where_clause(selection)
        query = f"SELECT total(json_extract(doc, ?)) FROM records WHERE {condition}"  # noqa: S608
        row = self._connection.execute(query, [f"$.{field}", *parameters]).fetchone()
        return float(row[0]) if math.isfinite(row[0]) else None

    def is_empty(self) -> bool:
        """Whether the store has no records at all."""
        return self._connection.execute("SELECT 1 FROM records LIMIT 1").fetchone() is None

    def snapshot(self) -> bytes:
        """Return the whole store as bytes."""
        return self._connection.serialize()

    def restore(self, snapshot: bytes) -> None:
        """Replace everything that is stored by the content of a snapshot."""
        with self._lock, closing(sqlite3.connect(":memory:")) as source:
            source.deserialize(snapshot)
            source.backup(self._connection)
