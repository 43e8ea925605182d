"""The work whose cost is counted: one call without a network, and one page of records.

python -m tests.performance.work NAME TIMES
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable

from actuallycare import AsyncActuallyCare, Request, Response
from actuallycare._core.envelope.unwrap import read_body
from actuallycare._core.http import Headers
from actuallycare._core.pagination.page import read_page
from actuallycare.api.listings import LIST
from actuallycare.models import Listing

RECORD = {
    "id": "550e8400-e29b-41d4-a716-446655440000",
    "address": "1 Sample St",
    "bathrooms": 2.5,
    "bedrooms": 3,
    "city": "Sample Town",
    "created_at": "2026-06-11T18:24:09.123Z",
    "description": "A sample house.",
    "expiration_date": "2026-12-31",
    "list_price": 425_000,
    "listing_date": "2026-06-11",
    "lot_size": 8_000,
    "mls_number": "ML00000001",
    "property_type": "single_family",
    "square_feet": 1_800,
    "state": "CA",
    "status": "active",
    "updated_at": "2026-06-11T18:24:09.123Z",
    "user_id": "550e8400-e29b-41d4-a716-446655440001",
    "year_built": 1990,
    "zip_code": "93561",
}
ONE = json.dumps({"success": True, "data": RECORD}).encode()
META = {"page": 1, "limit": 100, "total": 100, "totalPages": 1, "hasMore": False}
PAGE = json.dumps({"success": True, "data": {"listings": [RECORD] * 100, "meta": META}}).encode()
HEADERS = Headers(
    [
        ("Content-Type", "application/json"),
        ("RateLimit-Limit", "500"),
        ("RateLimit-Remaining", "499"),
        ("RateLimit-Reset", "900"),
    ]
)


class Still:
    """A transport that answers at once."""

    async def send(self, request: Request) -> Response:
        return Response(200, HEADERS, ONE)

    async def aclose(self) -> None:
        pass


def calls(times: int) -> Callable[[], None]:
    """`listings.get`, from the arguments to the record."""

    async def main() -> None:
        client = AsyncActuallyCare("0" * 64, transport=Still(), telemetry=False)
        for _ in range(times):
            await client.listings.get("1")

    return lambda: asyncio.run(main())


def pages(times: int) -> Callable[[], None]:
    """A page of 100 records, from bytes to objects."""
    operation, parse = LIST, Listing.from_dict

    def main() -> None:
        for _ in range(times):
            body = read_body(Response(200, HEADERS, PAGE), operation)
            read_page(body, operation, parse, number=1, limit=100)

    return main


WORKS: dict[str, Callable[[int], Callable[[], None]]] = {"call": calls, "page": pages}

if __name__ == "__main__":
    WORKS[sys.argv[1]](int(sys.argv[2]))()
