# ruff: noqa: F704, PLE1142
"""Cells for a notebook: paste them into Jupyter or into `python -m asyncio`."""

# %% One client for the whole session. It reads ACTUALLYCARE_API_KEY.
from collections import Counter

from actuallycare import AsyncActuallyCare

client = AsyncActuallyCare()

# %% One page, and the total number of listings.
page = await client.listings.list(limit=5)
print(f"{page.meta.total} listings, such as {page.items[0].address}")

# %% All listings, four pages at a time.
listings = await client.listings.list().collect(concurrency=4)
print(Counter(listing.status for listing in listings).most_common())

# %% The most expensive listing.
dearest = max(listings, key=lambda listing: listing.list_price or 0)
print(f"{dearest.address}: {dearest.list_price:,.0f} USD")

# %% The remaining rate limit. Then close the client.
print(client.rate_limit)
await client.aclose()
