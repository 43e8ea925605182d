"""A FastAPI service that shares one client, and maps the SDK's errors to HTTP responses.

Handlers return records of the SDK. FastAPI serializes them and describes them in its OpenAPI
document.

    pip install ./actuallycare fastapi uvicorn
    uvicorn fastapi_service:app

The client reads ACTUALLYCARE_API_KEY.
"""

from __future__ import annotations

import math
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from actuallycare import (
    ActuallyCareError,
    APIStatusError,
    APITimeoutError,
    AsyncActuallyCare,
    RateLimitError,
    RetryPolicy,
)
from actuallycare.models import Listing, ListingStatus


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[dict[str, Any]]:
    # A caller waits for each response, so give up early instead of waiting for the rate limit.
    patience = RetryPolicy(max_attempts=3, max_wait=1, max_elapsed=3)
    async with AsyncActuallyCare(timeout=2.0, retry=patience) as client:
        yield {"client": client}


app = FastAPI(lifespan=lifespan)


def shared_client(request: Request) -> AsyncActuallyCare:
    client: AsyncActuallyCare = request.state.client
    return client


Client = Annotated[AsyncActuallyCare, Depends(shared_client)]


class PriceChange(BaseModel):
    """A new asking price, in US dollars."""

    price: float


@app.get("/listings")
async def listings(
    client: Client, status: ListingStatus = "active", page: int = 1
) -> list[Listing]:
    found = await client.listings.list(status=status, page=page, limit=50)
    return [*found.items]


@app.get("/listings/{listing_id}")
async def listing(client: Client, listing_id: str) -> Listing:
    return await client.listings.get(listing_id)


@app.put("/listings/{listing_id}/price")
async def change_price(client: Client, listing_id: str, change: PriceChange) -> Listing:
    return await client.listings.update(listing_id, list_price=change.price)


@app.exception_handler(ActuallyCareError)
async def explain(_: Request, error: Exception) -> JSONResponse:
    """Turn an error of the SDK into a response of this service."""
    match error:
        case RateLimitError():  # not the caller's fault: it may try again
            wait = str(math.ceil(error.retry_after or 60))
            return JSONResponse({"error": "try again later"}, 503, {"Retry-After": wait})
        case APIStatusError(status_code=400 | 404 | 409 | 422):  # about what the caller asked for
            said = {"error": error.message, "details": error.details}
            return JSONResponse(said, error.status_code)
        case APITimeoutError():
            return JSONResponse({"error": "ActuallyCare did not answer in time"}, 504)
        case _:  # a rejected key, an unreadable response, a broken connection
            return JSONResponse({"error": "ActuallyCare could not be used"}, 502)
