# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from .._core.envelope.convert import (
    to_text,
)
from .._core.envelope.fields import (
    keep_rest,
    read_boolean,
    read_datetime,
    read_id,
    read_list,
    read_text,
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
        self.city = read_text(get("city"), "city", rest)
        self.company = read_text(get("company"), "company", rest)
        self.contact_status = read_text(get("contact_status"), "contact_status", rest)
        self.contact_type = read_text(get("contact_type"), "contact_type", rest)
        self.created_at = read_datetime(get("created_at"), "created_at", rest)
        self.email = read_text(get("email"), "email", rest)
        self.first_name = read_text(get("first_name"), "first_name", rest)
        self.full_name = read_text(get("full_name"), "full_name", rest)
        self.is_archived = read_boolean(get("is_archived"), "is_archived", rest)
        self.last_name = read_text(get("last_name"), "last_name", rest)
        self.license_number = read_text(get("license_number"), "license_number", rest)
        self.notes = read_text(get("notes"), "notes", rest)
        self.phone = read_text(get("phone"), "phone", rest)
        self.phone_secondary = read_text(get("phone_secondary"), "phone_secondary", rest)
        self.state = read_text(get("state"), "state", rest)
        self.street_address = read_text(get("street_address"), "street_address", rest)
        self.tags = read_list(to_text, get("tags"), "tags", rest)
        self.updated_at = read_datetime(get("updated_at"), "updated_at", rest)
        self.user_id = read_text(get("user_id"), "user_id", rest)
        self.zip_code = read_text(get("zip_code"), "zip_code", rest)
        self.additional_properties = keep_rest(cls, src, rest)
        return self
