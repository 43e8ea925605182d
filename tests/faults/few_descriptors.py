"""Make more calls at once than there are file descriptors; a process of its own limits them.

    python -m tests.faults.few_descriptors LIBRARY BACKEND BASE_URL

It prints how the calls ended: the names of exceptions, or `done`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter

import anyio

from actuallycare import AsyncActuallyCare, RetryPolicy
from tests.faults.runner import KEY, Library, transport_of

CALLS = 200


async def main(library: Library, base_url: str) -> dict[str, Counter[str]]:
    async with (
        transport_of(library) as transport,
        AsyncActuallyCare(
            KEY,
            base_url=base_url,
            transport=transport,
            retry=RetryPolicy(max_attempts=1),
            max_concurrency=None,
            timeout=10,
        ) as client,
    ):
        ends: dict[str, Counter[str]] = {}
        for part, calls in (("too many", CALLS), ("after", 20)):
            ends[part] = Counter()
            async with anyio.create_task_group() as group:
                for _ in range(calls):
                    group.start_soon(_call, client, ends[part])
    return ends


async def _call(client: AsyncActuallyCare, ends: Counter[str]) -> None:
    try:
        await client.listings.get("1")
    except Exception as error:
        ends[f"{type(error).__module__}.{type(error).__name__}"] += 1
    else:
        ends["done"] += 1


if __name__ == "__main__":
    _, library_, backend, base_url_ = sys.argv
    print(json.dumps(anyio.run(main, library_, base_url_, backend=backend)))
