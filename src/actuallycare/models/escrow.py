# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Literal, Self, TypeAlias, TypeGuard, get_args

from attrs import define

from .._core.envelope.convert import (
    to_boolean,
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
        self.bedrooms = (
            v if type(v := get("bedrooms")) is int else read(to_integer, v, "bedrooms", rest)
        )
        self.buyer_commission = read_number(get("buyer_commission"), "buyer_commission", rest)
        self.buyer_commission_percentage = read_number(
            get("buyer_commission_percentage"), "buyer_commission_percentage", rest
        )
        self.buyers = read_list(Person.from_dict, get("buyers"), "buyers", rest)
        self.city = v if type(v := get("city")) is str else read(to_text, v, "city", rest)
        self.closing_date = read_date(get("closing_date"), "closing_date", rest)
        self.commission_rate = read_number(get("commission_rate"), "commission_rate", rest)
        self.contingencies = read_list(
            EscrowContingency.from_dict, get("contingencies"), "contingencies", rest
        )
        self.county = v if type(v := get("county")) is str else read(to_text, v, "county", rest)
        self.created_at = read_datetime(get("created_at"), "created_at", rest)
        self.display_address = (
            v
            if type(v := get("display_address")) is str
            else read(to_text, v, "display_address", rest)
        )
        self.display_id = (
            v if type(v := get("display_id")) is str else read(to_text, v, "display_id", rest)
        )
        self.earnest_money = read_number(get("earnest_money"), "earnest_money", rest)
        self.escrow_company = (
            v
            if type(v := get("escrow_company")) is str
            else read(to_text, v, "escrow_company", rest)
        )
        self.escrow_number = (
            v if type(v := get("escrow_number")) is str else read(to_text, v, "escrow_number", rest)
        )
        self.escrow_officer = (
            v
            if type(v := get("escrow_officer")) is str
            else read(to_text, v, "escrow_officer", rest)
        )
        self.escrow_status = (
            v if type(v := get("escrow_status")) is str else read(to_text, v, "escrow_status", rest)
        )
        self.is_archived = (
            v if type(v := get("is_archived")) is bool else read(to_boolean, v, "is_archived", rest)
        )
        self.last_modified_by = (
            v
            if type(v := get("last_modified_by")) is str
            else read(to_text, v, "last_modified_by", rest)
        )
        self.latitude = read_number(get("latitude"), "latitude", rest)
        self.listing_agent = read(Agent.from_dict, get("listing_agent"), "listing_agent", rest)
        self.longitude = read_number(get("longitude"), "longitude", rest)
        self.lot_size = read_number(get("lot_size"), "lot_size", rest)
        self.notes = v if type(v := get("notes")) is str else read(to_text, v, "notes", rest)
        self.property_address = (
            v
            if type(v := get("property_address")) is str
            else read(to_text, v, "property_address", rest)
        )
        self.property_type = (
            v if type(v := get("property_type")) is str else read(to_text, v, "property_type", rest)
        )
        self.purchase_price = read_number(get("purchase_price"), "purchase_price", rest)
        self.representation_type = (
            v
            if type(v := get("representation_type")) is str
            else read(to_text, v, "representation_type", rest)
        )
        self.seller_commission = read_number(get("seller_commission"), "seller_commission", rest)
        self.seller_commission_percentage = read_number(
            get("seller_commission_percentage"), "seller_commission_percentage", rest
        )
        self.sellers = read_list(Person.from_dict, get("sellers"), "sellers", rest)
        self.selling_agent = read(Agent.from_dict, get("selling_agent"), "selling_agent", rest)
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
        self.year_built = (
            v if type(v := get("year_built")) is int else read(to_integer, v, "year_built", rest)
        )
        self.zip_code = (
            v if type(v := get("zip_code")) is str else read(to_text, v, "zip_code", rest)
        )
        self.additional_properties = keep_rest(cls, src, rest)
        return self
