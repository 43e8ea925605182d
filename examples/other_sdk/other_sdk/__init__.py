"""Client of an agency: two calls, its own types, with a vendored ActuallyCare SDK."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Self

from ._vendor.actuallycare import ActuallyCareError, AsyncActuallyCare, NotFoundError
from ._vendor.actuallycare.models import Listing

__all__ = ["Agency", "AgencyError", "House"]


class AgencyError(Exception):
    """A call failed; `__cause__` is the error of the SDK."""


@dataclass(frozen=True, slots=True)
class House:
    """A house for sale. `price` is in US dollars."""

    id: str
    address: str
    price: float | None


class Agency:
    """The houses of the agency. Each call raises AgencyError if it fails."""

    def __init__(self, key: str, *, url: str | None = None) -> None:
        self._care = AsyncActuallyCare(key, base_url=url) if url else AsyncActuallyCare(key)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._care.aclose()

    async def houses(self, *, at_most: int = 20) -> list[House]:
        """Return the first active listings."""
        try:
            found = await self._care.listings.list(status="active").collect(limit=at_most)
        except ActuallyCareError as error:
            raise AgencyError("the houses cannot be listed") from error
        return [_house(listing) for listing in found]

    async def house(self, id: str) -> House | None:
        """Return one house, or None if the id is unknown."""
        try:
            return _house(await self._care.listings.get(id))
        except NotFoundError:
            return None
        except ActuallyCareError as error:
            raise AgencyError(f"the house {id} cannot be read") from error


def _house(listing: Listing) -> House:
    address = ", ".join(part for part in (listing.address, listing.city) if part)
    return House(listing.id, address, listing.list_price)
