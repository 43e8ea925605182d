# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from .._core.codec import (
    to_datetime,
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
    state: str | None = None
    street_address: str | None = None
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
            city=get("city"),
            company=get("company"),
            contact_status=get("contact_status"),
            contact_type=get("contact_type"),
            created_at=None if (v := get("created_at")) is None else to_datetime(v),
            email=get("email"),
            first_name=get("first_name"),
            full_name=get("full_name"),
            is_archived=get("is_archived"),
            last_name=get("last_name"),
            license_number=get("license_number"),
            notes=get("notes"),
            phone=get("phone"),
            state=get("state"),
            street_address=get("street_address"),
            updated_at=None if (v := get("updated_at")) is None else to_datetime(v),
            user_id=get("user_id"),
            zip_code=get("zip_code"),
            raw=src,
        )
