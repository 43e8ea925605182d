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
    to_list,
)
from .agent import Agent
from .escrow_contingency import EscrowContingency
from .person import Person

EscrowListStatus: TypeAlias = Literal["active", "cancelled", "closed", "pending"]
EscrowOrder: TypeAlias = Literal["asc", "desc"]
EscrowRepresentationType: TypeAlias = Literal["buyer", "dual", "seller"]
EscrowStatus: TypeAlias = Literal["active", "cancelled", "closed", "fell_through", "pending"]


@define(kw_only=True)
class Escrow:
    """`Escrow` as the API sends it."""

    id: str
    """Text such as ESC-2026-0042, or a UUID."""
    acceptance_date: datetime.date | None = None
    archived_at: datetime.datetime | None = None
    bathrooms: float | None = None
    bedrooms: int | None = None
    buyer_commission: float | None = None
    """Commission of the buyer's side, in US dollars."""
    buyer_commission_percentage: float | None = None
    """Commission of the buyer's side, in percent of the price."""
    buyers: list[Person] | None = None
    city: str | None = None
    closing_date: datetime.date | None = None
    commission_rate: float | None = None
    contingencies: list[EscrowContingency] | None = None
    county: str | None = None
    created_at: datetime.datetime | None = None
    display_address: str | None = None
    display_id: str | None = None
    earnest_money: float | None = None
    escrow_company: str | None = None
    escrow_number: str | None = None
    escrow_officer: str | None = None
    escrow_status: EscrowStatus | str | None = None
    """`status` under the name of an older version."""
    is_archived: bool | None = None
    last_modified_by: str | None = None
    latitude: float | None = None
    listing_agent: Agent | None = None
    longitude: float | None = None
    lot_size: float | None = None
    """Lot size in acres."""
    notes: str | None = None
    property_address: str | None = None
    property_type: str | None = None
    purchase_price: float | None = None
    """Purchase price, in US dollars."""
    representation_type: EscrowRepresentationType | str | None = None
    seller_commission: float | None = None
    """Commission of the seller's side, in US dollars."""
    seller_commission_percentage: float | None = None
    """Commission of the seller's side, in percent of the price."""
    sellers: list[Person] | None = None
    selling_agent: Agent | None = None
    square_feet: int | None = None
    state: str | None = None
    status: EscrowStatus | str | None = None
    updated_at: datetime.datetime | None = None
    user_id: str | None = None
    """The user who owns the record."""
    version: int | None = None
    """Incremented by each change; an update with another version is a conflict."""
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
            self.acceptance_date = None if (v := src["acceptance_date"]) is None else read_date(v)
            self.archived_at = None if (v := src["archived_at"]) is None else read_datetime(v)
            self.bathrooms = src["bathrooms"]
            self.bedrooms = src["bedrooms"]
            self.buyer_commission = src["buyer_commission"]
            self.buyer_commission_percentage = src["buyer_commission_percentage"]
            self.city = src["city"]
            self.closing_date = None if (v := src["closing_date"]) is None else read_date(v)
            self.commission_rate = src["commission_rate"]
            self.county = src["county"]
            self.created_at = None if (v := src["created_at"]) is None else read_datetime(v)
            self.display_address = src["display_address"]
            self.display_id = src["display_id"]
            self.earnest_money = src["earnest_money"]
            self.escrow_company = src["escrow_company"]
            self.escrow_number = src["escrow_number"]
            self.escrow_officer = src["escrow_officer"]
            self.escrow_status = src["escrow_status"]
            self.is_archived = src["is_archived"]
            self.last_modified_by = src["last_modified_by"]
            self.latitude = src["latitude"]
            self.longitude = src["longitude"]
            self.lot_size = src["lot_size"]
            self.notes = src["notes"]
            self.property_address = src["property_address"]
            self.property_type = src["property_type"]
            self.purchase_price = src["purchase_price"]
            self.representation_type = src["representation_type"]
            self.seller_commission = src["seller_commission"]
            self.seller_commission_percentage = src["seller_commission_percentage"]
            self.square_feet = src["square_feet"]
            self.state = src["state"]
            self.status = src["status"]
            self.updated_at = None if (v := src["updated_at"]) is None else read_datetime(v)
            self.user_id = src["user_id"]
            self.version = src["version"]
            self.year_built = src["year_built"]
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
        get = src.get
        self.buyers = None if (v := get("buyers")) is None else to_list(v, Person.from_dict)
        self.contingencies = (
            None if (v := get("contingencies")) is None else to_list(v, EscrowContingency.from_dict)
        )
        self.listing_agent = None if (v := get("listing_agent")) is None else Agent.from_dict(v)
        self.sellers = None if (v := get("sellers")) is None else to_list(v, Person.from_dict)
        self.selling_agent = None if (v := get("selling_agent")) is None else Agent.from_dict(v)
        self.raw = src
        return self
