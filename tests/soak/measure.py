"""What both parts of the soak measure in this process."""

from __future__ import annotations

import statistics
from typing import Any

import psutil

FLAT = 4 * 2**20
"""Bytes by which memory may differ between the middle and the end: what the allocator keeps."""


def connections(port: int) -> int:
    """Return the number of open connections of this process to a local port."""
    found: list[Any] = psutil.Process().net_connections("tcp4")
    return sum(
        each.status == psutil.CONN_ESTABLISHED and each.raddr.port == port
        for each in found
        if each.raddr
    )


def memory() -> int:
    """Return the resident memory of this process, in bytes."""
    rss: int = psutil.Process().memory_info().rss
    return rss


def growth(sizes: list[int]) -> int:
    """Bytes by which memory grew after warming up: the last quarter over the second one."""
    quarter = len(sizes) // 4
    if quarter < 2:
        return 0
    return int(statistics.median(sizes[-quarter:]) - statistics.median(sizes[quarter:-quarter]))


def in_mib(sizes: list[int]) -> list[float]:
    """Return about a dozen of the sizes, in MiB."""
    return [round(size / 2**20, 1) for size in sizes[:: max(1, len(sizes) // 12)]]
