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
from .escrow_representation_type import EscrowRepresentationType
from .escrow_status import EscrowStatus


@define(kw_only=True)
class Escrow:
    """`Escrow` as the API sends it."""

    id: str
    acceptance_date: datetime.date | None = None
    archived_at: datetime.datetime | None = None
    buyer_commission: float | None = None
    """Commission of the buyer's side, in US dollars."""
    buyer_commission_percentage: float | None = None
    """Commission of the buyer's side, in percent of the price."""
    city: str | None = None
    closing_date: datetime.date | None = None
    county: str | None = None
    created_at: datetime.datetime | None = None
    display_address: str | None = None
    display_id: str | None = None
    escrow_number: str | None = None
    is_archived: bool | None = None
    latitude: float | None = None
    longitude: float | None = None
    property_address: str | None = None
    purchase_price: float | None = None
    """Purchase price, in US dollars."""
    representation_type: EscrowRepresentationType | str | None = None
    seller_commission: float | None = None
    """Commission of the seller's side, in US dollars."""
    seller_commission_percentage: float | None = None
    """Commission of the seller's side, in percent of the price."""
    state: str | None = None
    status: EscrowStatus | str | None = None
    updated_at: datetime.datetime | None = None
    user_id: str | None = None
    """The user who owns the record."""
    zip_code: str | None = None
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False)
    """The payload as received, unknown fields included."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload; `DecodeError` is raised by the caller, which knows the operation."""
        get = src.get
        return cls(
            id=src["id"],
            acceptance_date=None if (v := get("acceptance_date")) is None else to_date(v),
            archived_at=None if (v := get("archived_at")) is None else to_datetime(v),
            buyer_commission=get("buyer_commission"),
            buyer_commission_percentage=get("buyer_commission_percentage"),
            city=get("city"),
            closing_date=None if (v := get("closing_date")) is None else to_date(v),
            county=get("county"),
            created_at=None if (v := get("created_at")) is None else to_datetime(v),
            display_address=get("display_address"),
            display_id=get("display_id"),
            escrow_number=get("escrow_number"),
            is_archived=get("is_archived"),
            latitude=get("latitude"),
            longitude=get("longitude"),
            property_address=get("property_address"),
            purchase_price=get("purchase_price"),
            representation_type=get("representation_type"),
            seller_commission=get("seller_commission"),
            seller_commission_percentage=get("seller_commission_percentage"),
            state=get("state"),
            status=get("status"),
            updated_at=None if (v := get("updated_at")) is None else to_datetime(v),
            user_id=get("user_id"),
            zip_code=get("zip_code"),
            raw=src,
        )
