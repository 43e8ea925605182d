# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Literal, Self, TypeAlias, TypeGuard, get_args

from attrs import define

from .._core.envelope.convert import (
    to_integer,
    to_text,
)
from .._core.envelope.fields import (
    keep_rest,
    read,
    read_date,
    read_datetime,
    read_id,
    read_list,
    read_number,
)
from .._core.record import Record as _Record

ListingStatus: TypeAlias = Literal["active", "expired", "pending", "sold", "withdrawn"]


def is_listing_status(value: object) -> TypeGuard[ListingStatus]:
    """Whether a value is one of `ListingStatus`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(ListingStatus)


@define(kw_only=True, repr=False)
class Listing(_Record):
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

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload. Values of another type are kept in `additional_properties`."""
        get = src.get
        rest: dict[str, Any] = {}
        self = cls.__new__(cls)
        self.id = read_id(to_text, src["id"], "id", rest)
        self.address = v if type(v := get("address")) is str else read(to_text, v, "address", rest)
        self.bathrooms = read_number(get("bathrooms"), "bathrooms", rest)
        self.bedrooms = (
            v if type(v := get("bedrooms")) is int else read(to_integer, v, "bedrooms", rest)
        )
        self.city = v if type(v := get("city")) is str else read(to_text, v, "city", rest)
        self.created_at = read_datetime(get("created_at"), "created_at", rest)
        self.days_on_market = (
            v
            if type(v := get("days_on_market")) is int
            else read(to_integer, v, "days_on_market", rest)
        )
        self.description = (
            v if type(v := get("description")) is str else read(to_text, v, "description", rest)
        )
        self.expiration_date = read_date(get("expiration_date"), "expiration_date", rest)
        self.list_price = read_number(get("list_price"), "list_price", rest)
        self.listing_date = read_date(get("listing_date"), "listing_date", rest)
        self.lot_size = read_number(get("lot_size"), "lot_size", rest)
        self.mls_number = (
            v if type(v := get("mls_number")) is str else read(to_text, v, "mls_number", rest)
        )
        self.photos = read_list(to_text, get("photos"), "photos", rest)
        self.price_per_sqft = read_number(get("price_per_sqft"), "price_per_sqft", rest)
        self.property_type = (
            v if type(v := get("property_type")) is str else read(to_text, v, "property_type", rest)
        )
        self.showing_instructions = (
            v
            if type(v := get("showing_instructions")) is str
            else read(to_text, v, "showing_instructions", rest)
        )
        self.square_feet = (
            v if type(v := get("square_feet")) is int else read(to_integer, v, "square_feet", rest)
        )
        self.state = v if type(v := get("state")) is str else read(to_text, v, "state", rest)
        self.status = v if type(v := get("status")) is str else read(to_text, v, "status", rest)
        self.updated_at = read_datetime(get("updated_at"), "updated_at", rest)
        self.user_id = v if type(v := get("user_id")) is str else read(to_text, v, "user_id", rest)
        self.version = (
            v if type(v := get("version")) is int else read(to_integer, v, "version", rest)
        )
        self.virtual_tour_url = (
            v
            if type(v := get("virtual_tour_url")) is str
            else read(to_text, v, "virtual_tour_url", rest)
        )
        self.year_built = (
            v if type(v := get("year_built")) is int else read(to_integer, v, "year_built", rest)
        )
        self.zip_code = (
            v if type(v := get("zip_code")) is str else read(to_text, v, "zip_code", rest)
        )
        self.additional_properties = keep_rest(cls, src, rest)
        return self
