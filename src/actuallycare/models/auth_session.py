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
class AuthSession:
    """`AuthSession` as the API sends it."""

    created_at: datetime.datetime | None = None
    device_info: str | None = None
    expires_at: datetime.datetime | None = None
    id: str | None = None
    ip_address: str | None = None
    is_current: bool | None = None
    """Whether this is the session of the request."""
    user_agent: str | None = None
    raw: Mapping[str, Any] = _field(factory=dict[str, Any], repr=False, eq=False)
    """The payload as received, unknown fields included."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload; `DecodeError` is raised by the caller, which knows the operation."""
        self = cls.__new__(cls)
        try:
            self.created_at = None if (v := src["createdAt"]) is None else read_datetime(v)
            self.device_info = src["deviceInfo"]
            self.expires_at = None if (v := src["expiresAt"]) is None else read_datetime(v)
            self.id = src["id"]
            self.ip_address = src["ipAddress"]
            self.is_current = src["isCurrent"]
            self.user_agent = src["userAgent"]
        except (KeyError, TypeError, ValueError) as error:
            return read_lenient(cls, src, error, datetimes=["createdAt", "expiresAt"])
        self.raw = src
        return self
