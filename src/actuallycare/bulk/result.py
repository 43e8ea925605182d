"""What a bulk run reports: the outcome of each row, and its progress."""

from __future__ import annotations

from datetime import datetime
from typing import Generic, Literal, TypeVar

from attrs import frozen

from .._core.errors import ActuallyCareError

R = TypeVar("R")
T = TypeVar("T")

Status = Literal["done", "failed", "unknown", "skipped"]
"""`failed` had no effect. `unknown` may have had one. `skipped`: done by an earlier run."""


class OutcomeUnknownError(ActuallyCareError):
    """An earlier run sent this row, and ended before it recorded the outcome.

    The row is not sent again. Check whether the record exists, then call `Journal.finish` with
    "done", or with "failed" to have the next run send it.
    """


@frozen(kw_only=True)
class BulkResult(Generic[R, T]):
    """The outcome of one row. True when it is done, now or by an earlier run."""

    index: int
    """Position of the row, from 0."""
    item: R
    """The row."""
    key: str | None = None
    """The key of the row in the journal."""
    status: Status
    value: T | None = None
    """The result of the call; None unless the status is `done`."""
    error: Exception | None = None
    """The exception of the call; None for rows that are done."""

    @property
    def may_have_happened(self) -> bool:
        """Whether the row failed, but the server may have processed it. Check before you repeat."""
        return self.status == "unknown"

    def __bool__(self) -> bool:
        return self.status in ("done", "skipped")


@frozen(kw_only=True)
class Progress:
    """How far a bulk run is."""

    done: int = 0
    failed: int = 0
    unknown: int = 0
    skipped: int = 0
    in_flight: int = 0
    """Rows that have been started and are not finished, `waiting` included."""
    waiting: int = 0
    """Rows that wait for the rate limit."""
    total: int | None = None
    """Number of rows; None for an iterable without a length."""
    seconds_until_reset: float | None = None
    """Until the rate-limit window resets, if rows wait for that."""
    estimated_end: datetime | None = None
    """None without `total`, or before the first row is finished."""

    @property
    def finished(self) -> int:
        """Rows with a result."""
        return self.done + self.failed + self.unknown + self.skipped
