# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Literal, Self, TypeAlias, TypeGuard, get_args

from attrs import define

from .._core.envelope.convert import (
    to_text,
)
from .._core.envelope.fields import (
    keep_rest,
    read_date,
    read_datetime,
    read_id,
    read_integer,
    read_list,
    read_number,
    read_text,
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
        self.address = read_text(get("address"), "address", rest)
        self.bathrooms = read_number(get("bathrooms"), "bathrooms", rest)
        self.bedrooms = read_integer(get("bedrooms"), "bedrooms", rest)
        self.city = read_text(get("city"), "city", rest)
        self.created_at = read_datetime(get("created_at"), "created_at", rest)
        self.days_on_market = read_integer(get("days_on_market"), "days_on_market", rest)
        self.description = read_text(get("description"), "description", rest)
        self.expiration_date = read_date(get("expiration_date"), "expiration_date", rest)
        self.list_price = read_number(get("list_price"), "list_price", rest)
        self.listing_date = read_date(get("listing_date"), "listing_date", rest)
        self.lot_size = read_number(get("lot_size"), "lot_size", rest)
        self.mls_number = read_text(get("mls_number"), "mls_number", rest)
        self.photos = read_list(to_text, get("photos"), "photos", rest)
        self.price_per_sqft = read_number(get("price_per_sqft"), "price_per_sqft", rest)
        self.property_type = read_text(get("property_type"), "property_type", rest)
        self.showing_instructions = read_text(
            get("showing_instructions"), "showing_instructions", rest
        )
        self.square_feet = read_integer(get("square_feet"), "square_feet", rest)
        self.state = read_text(get("state"), "state", rest)
        self.status = read_text(get("status"), "status", rest)
        self.updated_at = read_datetime(get("updated_at"), "updated_at", rest)
        self.user_id = read_text(get("user_id"), "user_id", rest)
        self.version = read_integer(get("version"), "version", rest)
        self.virtual_tour_url = read_text(get("virtual_tour_url"), "virtual_tour_url", rest)
        self.year_built = read_integer(get("year_built"), "year_built", rest)
        self.zip_code = read_text(get("zip_code"), "zip_code", rest)
        self.additional_properties = keep_rest(cls, src, rest)
        return self
