# ruff: noqa: F704, PLE1142
"""Cells for a notebook: paste them into Jupyter or into `python -m asyncio`, as they stand."""

# %% One client for the whole session. It reads ACTUALLYCARE_API_KEY.
from collections import Counter

from actuallycare import AsyncActuallyCare

client = AsyncActuallyCare()

# %% A first look: one page, and how many listings there are in all.
page = await client.listings.list(limit=5)
print(f"{page.meta.total} listings, such as {page.items[0].address}")

# %% Everything, four pages at a time.
listings = await client.listings.list(limit=100).collect(concurrency=4)
print(Counter(listing.status for listing in listings).most_common())

# %% The dearest of them.
dearest = max(listings, key=lambda listing: listing.list_price or 0)
print(f"{dearest.address}: {dearest.list_price:,.0f} USD")

# %% What is left of the request budget, and the end.
print(client.rate_limit)
await client.aclose()
