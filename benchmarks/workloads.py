"""Work of the SDK without a network, to count its instructions.

python -m benchmarks.workloads NAME TIMES
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable

from actuallycare import AsyncActuallyCare, Request, Response
from actuallycare._core.envelope.unwrap import read_body
from actuallycare._core.http import Headers
from actuallycare._core.pagination.page import read_page
from actuallycare.api.listings import LIST
from actuallycare.models import Listing

from .fixtures import EXTRA_FIELDS, KEY, PAGE, RECORD_ID, page_body, record_body, records

HEADERS = Headers(
    [
        ("Content-Type", "application/json"),
        ("RateLimit-Limit", "500"),
        ("RateLimit-Remaining", "499"),
        ("RateLimit-Reset", "900"),
    ]
)


RECORDS = [
    {name: value for name, value in record.items() if name not in EXTRA_FIELDS}
    for record in records(PAGE)
]
"""Records with the fields of openapi.json."""


class MemoryTransport:
    """A transport that returns one prepared body."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    async def send(self, request: Request) -> Response:
        return Response(200, HEADERS, self._body)

    async def aclose(self) -> None:
        pass


def call(times: int) -> None:
    """Run `listings.get`, from the arguments to the record."""
    transport = MemoryTransport(record_body(RECORDS[0]))

    async def main() -> None:
        client = AsyncActuallyCare(KEY, transport=transport, telemetry=False)
        for _ in range(times):
            await client.listings.get(RECORD_ID)

    asyncio.run(main())


def page(times: int) -> None:
    """Decode a page of 100 records, from bytes to objects."""
    response = Response(200, HEADERS, page_body(RECORDS, 1, PAGE, PAGE))
    for _ in range(times):
        read_page(read_body(response, LIST), LIST, Listing.from_dict, number=1, limit=PAGE)


WORKLOADS: dict[str, Callable[[int], None]] = {"call": call, "page": page}

if __name__ == "__main__":
    WORKLOADS[sys.argv[1]](int(sys.argv[2]))
