"""Page numbers and the `meta` object of a list.

Source: docs.actuallycare.com/api/pagination.
"""

from __future__ import annotations

from attrs import frozen


@frozen
class PageRequest:
    """The page that a request asks for."""

    number: int
    """Page number, counted from 1."""
    limit: int
    """Records on a page."""

    @property
    def offset(self) -> int:
        """Number of records before this page."""
        return (self.number - 1) * self.limit

    def meta(self, total: int) -> dict[str, int | bool]:
        """Return the documented `meta` object for a list of `total` records."""
        pages = -(-total // self.limit)
        return {
            "page": self.number,
            "limit": self.limit,
            "total": total,
            "totalPages": pages,
            "hasMore": self.number < pages,
        }
