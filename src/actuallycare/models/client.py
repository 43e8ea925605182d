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
    read_datetime,
    read_id,
    read_list,
    read_number,
)
from .._core.record import Record as _Record
from .client_property_preferences import ClientPropertyPreferences

ClientStatus: TypeAlias = Literal["active", "closed", "inactive"]


def is_client_status(value: object) -> TypeGuard[ClientStatus]:
    """Whether a value is one of `ClientStatus`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(ClientStatus)


ClientType: TypeAlias = Literal["both", "buyer", "seller"]


def is_client_type(value: object) -> TypeGuard[ClientType]:
    """Whether a value is one of `ClientType`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(ClientType)


@define(kw_only=True, repr=False)
class Client(_Record):
    """`Client` as the API sends it."""

    id: str
    budget_max: float | None = None
    """Highest budget, in US dollars."""
    budget_min: float | None = None
    """Lowest budget, in US dollars."""
    client_type: ClientType | str | None = None
    created_at: datetime.datetime | None = None
    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    lead_id: str | None = None
    """The lead that this client was converted from."""
    notes: str | None = None
    phone: str | None = None
    pre_approval_amount: float | None = None
    pre_approved: bool | None = None
    preferred_locations: list[str] | None = None
    property_preferences: ClientPropertyPreferences | None = None
    source: str | None = None
    status: ClientStatus | str | None = None
    tags: list[str] | None = None
    updated_at: datetime.datetime | None = None
    user_id: str | None = None
    """The user who owns the record."""
    version: int | None = None
    """Incremented by each change; an update with another version is a conflict."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload. Values of another type are kept in `additional_properties`."""
        get = src.get
        rest: dict[str, Any] = {}
        self = cls.__new__(cls)
        self.id = read_id(to_text, src["id"], "id", rest)
        self.budget_max = read_number(get("budget_max"), "budget_max", rest)
        self.budget_min = read_number(get("budget_min"), "budget_min", rest)
        self.client_type = (
            v if type(v := get("client_type")) is str else read(to_text, v, "client_type", rest)
        )
        self.created_at = read_datetime(get("created_at"), "created_at", rest)
        self.email = v if type(v := get("email")) is str else read(to_text, v, "email", rest)
        self.first_name = (
            v if type(v := get("first_name")) is str else read(to_text, v, "first_name", rest)
        )
        self.last_name = (
            v if type(v := get("last_name")) is str else read(to_text, v, "last_name", rest)
        )
        self.lead_id = v if type(v := get("lead_id")) is str else read(to_text, v, "lead_id", rest)
        self.notes = v if type(v := get("notes")) is str else read(to_text, v, "notes", rest)
        self.phone = v if type(v := get("phone")) is str else read(to_text, v, "phone", rest)
        self.pre_approval_amount = read_number(
            get("pre_approval_amount"), "pre_approval_amount", rest
        )
        self.pre_approved = (
            v
            if type(v := get("pre_approved")) is bool
            else read(to_boolean, v, "pre_approved", rest)
        )
        self.preferred_locations = read_list(
            to_text, get("preferred_locations"), "preferred_locations", rest
        )
        self.property_preferences = read(
            ClientPropertyPreferences.from_dict,
            get("property_preferences"),
            "property_preferences",
            rest,
        )
        self.source = v if type(v := get("source")) is str else read(to_text, v, "source", rest)
        self.status = v if type(v := get("status")) is str else read(to_text, v, "status", rest)
        self.tags = read_list(to_text, get("tags"), "tags", rest)
        self.updated_at = read_datetime(get("updated_at"), "updated_at", rest)
        self.user_id = v if type(v := get("user_id")) is str else read(to_text, v, "user_id", rest)
        self.version = (
            v if type(v := get("version")) is int else read(to_integer, v, "version", rest)
        )
        self.additional_properties = keep_rest(cls, src, rest)
        return self
