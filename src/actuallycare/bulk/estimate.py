"""When a bulk run will end: the arithmetic of the rate-limit window. Pure."""

from __future__ import annotations

import math

WINDOW = 900.0
"""Seconds of the vendor's window (vendor page api/rate-limits), until another has been seen."""


def seconds_left(
    rows: int,
    *,
    seconds_per_row: float,
    limit: int | None = None,
    remaining: int = 0,
    resets_in: float = 0.0,
    window: float | None = None,
) -> float:
    """Return the estimated seconds until `rows` rows are sent, one request each.

    Each window permits `limit` requests; this one permits `remaining` more and ends in `resets_in`
    seconds. Without a limit, only the speed so far counts.
    """
    if limit is None or rows <= remaining:
        return rows * seconds_per_row
    windows = math.ceil((rows - remaining) / max(1, limit))
    in_the_last = rows - remaining - (windows - 1) * limit
    length = WINDOW if window is None else window
    # A window's rows may take longer to send than the window lasts.
    by_limit = max(0.0, resets_in) + (windows - 1) * length + in_the_last * seconds_per_row
    return max(by_limit, rows * seconds_per_row)
