# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define
from attrs import field as _field

from .._core.envelope.fields import (
    read_datetime,
    read_lenient,
)


@define(kw_only=True)
class Contact:
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
    raw: Mapping[str, Any] = _field(factory=dict[str, Any], repr=False, eq=False)
    """The payload as received, unknown fields included."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload; `DecodeError` is raised by the caller, which knows the operation."""
        self = cls.__new__(cls)
        try:
            self.id = src["id"]
            self.city = src["city"]
            self.company = src["company"]
            self.contact_status = src["contact_status"]
            self.contact_type = src["contact_type"]
            self.created_at = None if (v := src["created_at"]) is None else read_datetime(v)
            self.email = src["email"]
            self.first_name = src["first_name"]
            self.full_name = src["full_name"]
            self.is_archived = src["is_archived"]
            self.last_name = src["last_name"]
            self.license_number = src["license_number"]
            self.notes = src["notes"]
            self.phone = src["phone"]
            self.phone_secondary = src["phone_secondary"]
            self.state = src["state"]
            self.street_address = src["street_address"]
            self.tags = src["tags"]
            self.updated_at = None if (v := src["updated_at"]) is None else read_datetime(v)
            self.user_id = src["user_id"]
            self.zip_code = src["zip_code"]
        except (KeyError, TypeError, ValueError) as error:
            return read_lenient(cls, src, error, "id", datetimes=["created_at", "updated_at"])
        self.raw = src
        return self
