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
    read_datetime,
    read_id,
    read_integer,
    read_list,
    read_number,
    read_text,
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
        self.client_type = read_text(get("client_type"), "client_type", rest)
        self.created_at = read_datetime(get("created_at"), "created_at", rest)
        self.email = read_text(get("email"), "email", rest)
        self.first_name = read_text(get("first_name"), "first_name", rest)
        self.last_name = read_text(get("last_name"), "last_name", rest)
        self.lead_id = read_text(get("lead_id"), "lead_id", rest)
        self.notes = read_text(get("notes"), "notes", rest)
        self.phone = read_text(get("phone"), "phone", rest)
        self.pre_approval_amount = read_number(
            get("pre_approval_amount"), "pre_approval_amount", rest
        )
        self.pre_approved = read_boolean(get("pre_approved"), "pre_approved", rest)
        self.preferred_locations = read_list(
            to_text, get("preferred_locations"), "preferred_locations", rest
        )
        self.property_preferences = read(
            ClientPropertyPreferences.from_dict,
            get("property_preferences"),
            "property_preferences",
            rest,
        )
        self.source = read_text(get("source"), "source", rest)
        self.status = read_text(get("status"), "status", rest)
        self.tags = read_list(to_text, get("tags"), "tags", rest)
        self.updated_at = read_datetime(get("updated_at"), "updated_at", rest)
        self.user_id = read_text(get("user_id"), "user_id", rest)
        self.version = read_integer(get("version"), "version", rest)
        self.additional_properties = keep_rest(cls, src, rest)
        return self
