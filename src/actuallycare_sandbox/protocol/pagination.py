"""Pages of a list: which records, and the `meta` object that describes them.

Source: docs.actuallycare.com/api/pagination.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A page by number, counted from 1."""

    number: int
    limit: int

    @property
    def offset(self) -> int:
        """How many records come before it."""
        return (self.number - 1) * self.limit

    def meta(self, total: int) -> dict[str, int | bool]:
        """The documented `meta` object for a list of `total` records."""
        pages = -(-total // self.limit)
        return {
            "page": self.number,
            "limit": self.limit,
            "total": total,
            "totalPages": pages,
            "hasMore": self.number < pages,
        }
