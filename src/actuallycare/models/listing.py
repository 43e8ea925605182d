# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from .._core.codec import (
    to_date,
    to_datetime,
)
from .listing_status import ListingStatus


@define(kw_only=True)
class Listing:
    """`Listing` as the API sends it."""

    id: str
    address: str | None = None
    bathrooms: float | None = None
    bedrooms: int | None = None
    city: str | None = None
    created_at: datetime.datetime | None = None
    description: str | None = None
    expiration_date: datetime.date | None = None
    list_price: float | None = None
    """Asking price, in US dollars."""
    listing_date: datetime.date | None = None
    lot_size: float | None = None
    """Lot size in square feet."""
    mls_number: str | None = None
    property_type: str | None = None
    square_feet: int | None = None
    state: str | None = None
    status: ListingStatus | str | None = None
    updated_at: datetime.datetime | None = None
    user_id: str | None = None
    """The user who owns the record."""
    year_built: int | None = None
    zip_code: str | None = None
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False)
    """The payload as received, unknown fields included."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload; `DecodeError` is raised by the caller, which knows the operation."""
        get = src.get
        return cls(
            id=src["id"],
            address=get("address"),
            bathrooms=get("bathrooms"),
            bedrooms=get("bedrooms"),
            city=get("city"),
            created_at=None if (v := get("created_at")) is None else to_datetime(v),
            description=get("description"),
            expiration_date=None if (v := get("expiration_date")) is None else to_date(v),
            list_price=get("list_price"),
            listing_date=None if (v := get("listing_date")) is None else to_date(v),
            lot_size=get("lot_size"),
            mls_number=get("mls_number"),
            property_type=get("property_type"),
            square_feet=get("square_feet"),
            state=get("state"),
            status=get("status"),
            updated_at=None if (v := get("updated_at")) is None else to_datetime(v),
            user_id=get("user_id"),
            year_built=get("year_built"),
            zip_code=get("zip_code"),
            raw=src,
        )
