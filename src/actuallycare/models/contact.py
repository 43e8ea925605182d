# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from .._core.envelope.convert import (
    to_boolean,
    to_text,
)
from .._core.envelope.fields import (
    keep_rest,
    read,
    read_datetime,
    read_id,
    read_list,
)
from .._core.record import Record as _Record


@define(kw_only=True, repr=False)
class Contact(_Record):
    """`Contact` as the API sends it."""

    id: str
    city: str | None = None
    company: str | None = None
    contact_status: str | None = None
    contact_type: str | None = None
    created_at: datetime.datetime | None = None
    email: str | None = None
    first_name: str | None = None
    full_name: str | None = None
    is_archived: bool | None = None
    last_name: str | None = None
    license_number: str | None = None
    notes: str | None = None
    phone: str | None = None
    phone_secondary: str | None = None
    state: str | None = None
    street_address: str | None = None
    tags: list[str] | None = None
    updated_at: datetime.datetime | None = None
    user_id: str | None = None
    """The user who owns the record."""
    zip_code: str | None = None

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload. Values of another type are kept in `additional_properties`."""
        get = src.get
        rest: dict[str, Any] = {}
        self = cls.__new__(cls)
        self.id = read_id(to_text, src["id"], "id", rest)
        self.city = v if type(v := get("city")) is str else read(to_text, v, "city", rest)
        self.company = v if type(v := get("company")) is str else read(to_text, v, "company", rest)
        self.contact_status = (
            v
            if type(v := get("contact_status")) is str
            else read(to_text, v, "contact_status", rest)
        )
        self.contact_type = (
            v if type(v := get("contact_type")) is str else read(to_text, v, "contact_type", rest)
        )
        self.created_at = read_datetime(get("created_at"), "created_at", rest)
        self.email = v if type(v := get("email")) is str else read(to_text, v, "email", rest)
        self.first_name = (
            v if type(v := get("first_name")) is str else read(to_text, v, "first_name", rest)
        )
        self.full_name = (
            v if type(v := get("full_name")) is str else read(to_text, v, "full_name", rest)
        )
        self.is_archived = (
            v if type(v := get("is_archived")) is bool else read(to_boolean, v, "is_archived", rest)
        )
        self.last_name = (
            v if type(v := get("last_name")) is str else read(to_text, v, "last_name", rest)
        )
        self.license_number = (
            v
            if type(v := get("license_number")) is str
            else read(to_text, v, "license_number", rest)
        )
        self.notes = v if type(v := get("notes")) is str else read(to_text, v, "notes", rest)
        self.phone = v if type(v := get("phone")) is str else read(to_text, v, "phone", rest)
        self.phone_secondary = (
            v
            if type(v := get("phone_secondary")) is str
            else read(to_text, v, "phone_secondary", rest)
        )
        self.state = v if type(v := get("state")) is str else read(to_text, v, "state", rest)
        self.street_address = (
            v
            if type(v := get("street_address")) is str
            else read(to_text, v, "street_address", rest)
        )
        self.tags = read_list(to_text, get("tags"), "tags", rest)
        self.updated_at = read_datetime(get("updated_at"), "updated_at", rest)
        self.user_id = v if type(v := get("user_id")) is str else read(to_text, v, "user_id", rest)
        self.zip_code = (
            v if type(v := get("zip_code")) is str else read(to_text, v, "zip_code", rest)
        )
        self.additional_properties = keep_rest(cls, src, rest)
        return self
