# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Literal, Self, TypeAlias

from attrs import define
from attrs import field as _field

from .._core.envelope.fields import (
    read_date,
    read_datetime,
    read_lenient,
)

ListingStatus: TypeAlias = Literal["active", "expired", "pending", "sold", "withdrawn"]


@define(kw_only=True)
class Listing:
    """`Listing` as the API sends it."""

    id: str
    address: str | None = None
    bathrooms: float | None = None
    bedrooms: int | None = None
    city: str | None = None
    created_at: datetime.datetime | None = None
    days_on_market: int | None = None
    description: str | None = None
    expiration_date: datetime.date | None = None
    list_price: float | None = None
    """Asking price, in US dollars."""
    listing_date: datetime.date | None = None
    lot_size: float | None = None
    """Lot size in acres."""
    mls_number: str | None = None
    photos: list[str] | None = None
    price_per_sqft: float | None = None
    property_type: str | None = None
    showing_instructions: str | None = None
    square_feet: int | None = None
    state: str | None = None
    status: ListingStatus | str | None = None
    updated_at: datetime.datetime | None = None
    user_id: str | None = None
    """The user who owns the record."""
    version: int | None = None
    """Incremented by each change; an update with another version is a conflict."""
    virtual_tour_url: str | None = None
    year_built: int | None = None
    zip_code: str | None = None
    raw: Mapping[str, Any] = _field(factory=dict[str, Any], repr=False, eq=False)
    """The payload as received, unknown fields included."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload; `DecodeError` is raised by the caller, which knows the operation."""
        self = cls.__new__(cls)
        try:
            self.id = src["id"]
            self.address = src["address"]
            self.bathrooms = src["bathrooms"]
            self.bedrooms = src["bedrooms"]
            self.city = src["city"]
            self.created_at = None if (v := src["created_at"]) is None else read_datetime(v)
            self.days_on_market = src["days_on_market"]
            self.description = src["description"]
            self.expiration_date = None if (v := src["expiration_date"]) is None else read_date(v)
            self.list_price = src["list_price"]
            self.listing_date = None if (v := src["listing_date"]) is None else read_date(v)
            self.lot_size = src["lot_size"]
            self.mls_number = src["mls_number"]
            self.photos = src["photos"]
            self.price_per_sqft = src["price_per_sqft"]
            self.property_type = src["property_type"]
            self.showing_instructions = src["showing_instructions"]
            self.square_feet = src["square_feet"]
            self.state = src["state"]
            self.status = src["status"]
            self.updated_at = None if (v := src["updated_at"]) is None else read_datetime(v)
            self.user_id = src["user_id"]
            self.version = src["version"]
            self.virtual_tour_url = src["virtual_tour_url"]
            self.year_built = src["year_built"]
            self.zip_code = src["zip_code"]
        except (KeyError, TypeError, ValueError) as error:
            return read_lenient(
                cls,
                src,
                error,
                "id",
                datetimes=["created_at", "updated_at"],
                dates=["expiration_date", "listing_date"],
            )
        self.raw = src
        return self
