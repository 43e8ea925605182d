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
    read,
    read_boolean,
    read_date,
    read_datetime,
    read_id,
    read_integer,
    read_list,
    read_number,
    read_text,
)
from .._core.record import Record as _Record
from .agent import Agent
from .escrow_contingency import EscrowContingency
from .person import Person

EscrowListStatus: TypeAlias = Literal["active", "cancelled", "closed", "pending"]


def is_escrow_list_status(value: object) -> TypeGuard[EscrowListStatus]:
    """Whether a value is one of `EscrowListStatus`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(EscrowListStatus)


EscrowOrder: TypeAlias = Literal["asc", "desc"]


def is_escrow_order(value: object) -> TypeGuard[EscrowOrder]:
    """Whether a value is one of `EscrowOrder`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(EscrowOrder)


EscrowRepresentationType: TypeAlias = Literal["buyer", "dual", "seller"]


def is_escrow_representation_type(value: object) -> TypeGuard[EscrowRepresentationType]:
    """Whether a value is one of `EscrowRepresentationType`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(EscrowRepresentationType)


EscrowStatus: TypeAlias = Literal["active", "cancelled", "closed", "fell_through", "pending"]


def is_escrow_status(value: object) -> TypeGuard[EscrowStatus]:
    """Whether a value is one of `EscrowStatus`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(EscrowStatus)


@define(kw_only=True, repr=False)
class Escrow(_Record):
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

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload. Values of another type are kept in `additional_properties`."""
        get = src.get
        rest: dict[str, Any] = {}
        self = cls.__new__(cls)
        self.id = read_id(to_text, src["id"], "id", rest)
        self.acceptance_date = read_date(get("acceptance_date"), "acceptance_date", rest)
        self.archived_at = read_datetime(get("archived_at"), "archived_at", rest)
        self.bathrooms = read_number(get("bathrooms"), "bathrooms", rest)
        self.bedrooms = read_integer(get("bedrooms"), "bedrooms", rest)
        self.buyer_commission = read_number(get("buyer_commission"), "buyer_commission", rest)
        self.buyer_commission_percentage = read_number(
            get("buyer_commission_percentage"), "buyer_commission_percentage", rest
        )
        self.buyers = read_list(Person.from_dict, get("buyers"), "buyers", rest)
        self.city = read_text(get("city"), "city", rest)
        self.closing_date = read_date(get("closing_date"), "closing_date", rest)
        self.commission_rate = read_number(get("commission_rate"), "commission_rate", rest)
        self.contingencies = read_list(
            EscrowContingency.from_dict, get("contingencies"), "contingencies", rest
        )
        self.county = read_text(get("county"), "county", rest)
        self.created_at = read_datetime(get("created_at"), "created_at", rest)
        self.display_address = read_text(get("display_address"), "display_address", rest)
        self.display_id = read_text(get("display_id"), "display_id", rest)
        self.earnest_money = read_number(get("earnest_money"), "earnest_money", rest)
        self.escrow_company = read_text(get("escrow_company"), "escrow_company", rest)
        self.escrow_number = read_text(get("escrow_number"), "escrow_number", rest)
        self.escrow_officer = read_text(get("escrow_officer"), "escrow_officer", rest)
        self.escrow_status = read_text(get("escrow_status"), "escrow_status", rest)
        self.is_archived = read_boolean(get("is_archived"), "is_archived", rest)
        self.last_modified_by = read_text(get("last_modified_by"), "last_modified_by", rest)
        self.latitude = read_number(get("latitude"), "latitude", rest)
        self.listing_agent = read(Agent.from_dict, get("listing_agent"), "listing_agent", rest)
        self.longitude = read_number(get("longitude"), "longitude", rest)
        self.lot_size = read_number(get("lot_size"), "lot_size", rest)
        self.notes = read_text(get("notes"), "notes", rest)
        self.property_address = read_text(get("property_address"), "property_address", rest)
        self.property_type = read_text(get("property_type"), "property_type", rest)
        self.purchase_price = read_number(get("purchase_price"), "purchase_price", rest)
        self.representation_type = read_text(
            get("representation_type"), "representation_type", rest
        )
        self.seller_commission = read_number(get("seller_commission"), "seller_commission", rest)
        self.seller_commission_percentage = read_number(
            get("seller_commission_percentage"), "seller_commission_percentage", rest
        )
        self.sellers = read_list(Person.from_dict, get("sellers"), "sellers", rest)
        self.selling_agent = read(Agent.from_dict, get("selling_agent"), "selling_agent", rest)
        self.square_feet = read_integer(get("square_feet"), "square_feet", rest)
        self.state = read_text(get("state"), "state", rest)
        self.status = read_text(get("status"), "status", rest)
        self.updated_at = read_datetime(get("updated_at"), "updated_at", rest)
        self.user_id = read_text(get("user_id"), "user_id", rest)
        self.version = read_integer(get("version"), "version", rest)
        self.year_built = read_integer(get("year_built"), "year_built", rest)
        self.zip_code = read_text(get("zip_code"), "zip_code", rest)
        self.additional_properties = keep_rest(cls, src, rest)
        return self
