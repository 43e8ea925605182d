# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Literal, Self, TypeAlias

from attrs import define
from attrs import field as _field

from .._core.envelope.fields import (
    read_datetime,
    read_lenient,
)

UserEmailKind: TypeAlias = Literal["offers", "personal", "work"]
UserRole: TypeAlias = Literal["agent", "broker", "lender", "system_admin", "vendor"]
UserStatus: TypeAlias = Literal["active", "disabled", "suspended", "waitlisted"]


@define(kw_only=True)
class User:
    """`User` as the API sends it."""

    created_at: datetime.datetime | None = None
    email: str | None = None
    email_kind: UserEmailKind | str | None = None
    first_name: str | None = None
    id: str | None = None
    is_active: bool | None = None
    last_login: datetime.datetime | None = None
    last_name: str | None = None
    phone: str | None = None
    role: UserRole | str | None = None
    sms_consent: bool | None = None
    status: UserStatus | str | None = None
    timezone: str | None = None
    updated_at: datetime.datetime | None = None
    username: str | None = None
    raw: Mapping[str, Any] = _field(factory=dict[str, Any], repr=False, eq=False)
    """The payload as received, unknown fields included."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload; `DecodeError` is raised by the caller, which knows the operation."""
        self = cls.__new__(cls)
        try:
            self.created_at = None if (v := src["createdAt"]) is None else read_datetime(v)
            self.email = src["email"]
            self.email_kind = src["emailKind"]
            self.first_name = src["firstName"]
            self.id = src["id"]
            self.is_active = src["isActive"]
            self.last_login = None if (v := src["lastLogin"]) is None else read_datetime(v)
            self.last_name = src["lastName"]
            self.phone = src["phone"]
            self.role = src["role"]
            self.sms_consent = src["smsConsent"]
            self.status = src["status"]
            self.timezone = src["timezone"]
            self.updated_at = None if (v := src["updatedAt"]) is None else read_datetime(v)
            self.username = src["username"]
        except (KeyError, TypeError, ValueError) as error:
            return read_lenient(cls, src, error, datetimes=["createdAt", "lastLogin", "updatedAt"])
        self.raw = src
        return self
