# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Literal, Self, TypeAlias, TypeGuard, get_args

from attrs import define
from attrs import field as _field

from .._core.envelope.convert import (
    to_boolean,
    to_text,
)
from .._core.envelope.fields import (
    keep_rest,
    read,
    read_datetime,
)
from .._core.record import Record as _Record

UserEmailKind: TypeAlias = Literal["offers", "personal", "work"]


def is_user_email_kind(value: object) -> TypeGuard[UserEmailKind]:
    """Whether a value is one of `UserEmailKind`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(UserEmailKind)


UserRole: TypeAlias = Literal["agent", "broker", "lender", "system_admin", "vendor"]


def is_user_role(value: object) -> TypeGuard[UserRole]:
    """Whether a value is one of `UserRole`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(UserRole)


UserStatus: TypeAlias = Literal["active", "disabled", "suspended", "waitlisted"]


def is_user_status(value: object) -> TypeGuard[UserStatus]:
    """Whether a value is one of `UserStatus`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(UserStatus)


@define(kw_only=True, repr=False)
class User(_Record):
    """`User` as the API sends it."""

    created_at: datetime.datetime | None = _field(default=None, metadata={"wire": "createdAt"})
    email: str | None = None
    email_kind: UserEmailKind | str | None = _field(default=None, metadata={"wire": "emailKind"})
    first_name: str | None = _field(default=None, metadata={"wire": "firstName"})
    id: str | None = None
    is_active: bool | None = _field(default=None, metadata={"wire": "isActive"})
    last_login: datetime.datetime | None = _field(default=None, metadata={"wire": "lastLogin"})
    last_name: str | None = _field(default=None, metadata={"wire": "lastName"})
    phone: str | None = None
    role: UserRole | str | None = None
    sms_consent: bool | None = _field(default=None, metadata={"wire": "smsConsent"})
    status: UserStatus | str | None = None
    timezone: str | None = None
    updated_at: datetime.datetime | None = _field(default=None, metadata={"wire": "updatedAt"})
    username: str | None = None

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload. Values of another type are kept in `additional_properties`."""
        get = src.get
        rest: dict[str, Any] = {}
        self = cls.__new__(cls)
        self.created_at = read_datetime(get("createdAt", get("created_at")), "createdAt", rest)
        self.email = v if type(v := get("email")) is str else read(to_text, v, "email", rest)
        self.email_kind = (
            v
            if type(v := get("emailKind", get("email_kind"))) is str
            else read(to_text, v, "emailKind", rest)
        )
        self.first_name = (
            v
            if type(v := get("firstName", get("first_name"))) is str
            else read(to_text, v, "firstName", rest)
        )
        self.id = v if type(v := get("id")) is str else read(to_text, v, "id", rest)
        self.is_active = (
            v
            if type(v := get("isActive", get("is_active"))) is bool
            else read(to_boolean, v, "isActive", rest)
        )
        self.last_login = read_datetime(get("lastLogin", get("last_login")), "lastLogin", rest)
        self.last_name = (
            v
            if type(v := get("lastName", get("last_name"))) is str
            else read(to_text, v, "lastName", rest)
        )
        self.phone = v if type(v := get("phone")) is str else read(to_text, v, "phone", rest)
        self.role = v if type(v := get("role")) is str else read(to_text, v, "role", rest)
        self.sms_consent = (
            v
            if type(v := get("smsConsent", get("sms_consent"))) is bool
            else read(to_boolean, v, "smsConsent", rest)
        )
        self.status = v if type(v := get("status")) is str else read(to_text, v, "status", rest)
        self.timezone = (
            v if type(v := get("timezone")) is str else read(to_text, v, "timezone", rest)
        )
        self.updated_at = read_datetime(get("updatedAt", get("updated_at")), "updatedAt", rest)
        self.username = (
            v if type(v := get("username")) is str else read(to_text, v, "username", rest)
        )
        self.additional_properties = keep_rest(cls, src, rest)
        return self
