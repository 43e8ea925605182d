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

EscrowOrder: TypeAlias = Literal["asc", "desc"]
EscrowRepresentationType: TypeAlias = Literal["buyer", "dual", "seller"]
EscrowStatus: TypeAlias = Literal["active", "cancelled", "closed", "pending"]


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
    raw: Mapping[str, Any] = _field(factory=dict[str, Any], repr=False, eq=False)
    """The payload as received, unknown fields included."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload; `DecodeError` is raised by the caller, which knows the operation."""
        self = cls.__new__(cls)
        try:
            self.id = src["id"]
            self.acceptance_date = None if (v := src["acceptance_date"]) is None else read_date(v)
            self.archived_at = None if (v := src["archived_at"]) is None else read_datetime(v)
            self.buyer_commission = src["buyer_commission"]
            self.buyer_commission_percentage = src["buyer_commission_percentage"]
            self.city = src["city"]
            self.closing_date = None if (v := src["closing_date"]) is None else read_date(v)
            self.county = src["county"]
            self.created_at = None if (v := src["created_at"]) is None else read_datetime(v)
            self.display_address = src["display_address"]
            self.display_id = src["display_id"]
            self.escrow_number = src["escrow_number"]
            self.is_archived = src["is_archived"]
            self.latitude = src["latitude"]
            self.longitude = src["longitude"]
            self.property_address = src["property_address"]
            self.purchase_price = src["purchase_price"]
            self.representation_type = src["representation_type"]
            self.seller_commission = src["seller_commission"]
            self.seller_commission_percentage = src["seller_commission_percentage"]
            self.state = src["state"]
            self.status = src["status"]
            self.updated_at = None if (v := src["updated_at"]) is None else read_datetime(v)
            self.user_id = src["user_id"]
            self.zip_code = src["zip_code"]
        except (KeyError, TypeError, ValueError) as error:
            return read_lenient(
                cls,
                src,
                error,
                "id",
                datetimes=["archived_at", "created_at", "updated_at"],
                dates=["acceptance_date", "closing_date"],
            )
        self.raw = src
        return self
