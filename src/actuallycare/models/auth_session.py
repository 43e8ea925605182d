# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define
from attrs import field as _field

from .._core.envelope.fields import (
    keep_rest,
    read_boolean,
    read_datetime,
    read_text,
)
from .._core.record import Record as _Record


@define(kw_only=True, repr=False)
class AuthSession(_Record):
    """`AuthSession` as the API sends it."""

    created_at: datetime.datetime | None = _field(default=None, metadata={"wire": "createdAt"})
    device_info: str | None = _field(default=None, metadata={"wire": "deviceInfo"})
    expires_at: datetime.datetime | None = _field(default=None, metadata={"wire": "expiresAt"})
    id: str | None = None
    ip_address: str | None = _field(default=None, metadata={"wire": "ipAddress"})
    is_current: bool | None = _field(default=None, metadata={"wire": "isCurrent"})
    """Whether this is the session of the request."""
    user_agent: str | None = _field(default=None, metadata={"wire": "userAgent"})

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload. Values of another type are kept in `additional_properties`."""
        get = src.get
        rest: dict[str, Any] = {}
        self = cls.__new__(cls)
        self.created_at = read_datetime(get("createdAt", get("created_at")), "createdAt", rest)
        self.device_info = read_text(get("deviceInfo", get("device_info")), "deviceInfo", rest)
        self.expires_at = read_datetime(get("expiresAt", get("expires_at")), "expiresAt", rest)
        self.id = read_text(get("id"), "id", rest)
        self.ip_address = read_text(get("ipAddress", get("ip_address")), "ipAddress", rest)
        self.is_current = read_boolean(get("isCurrent", get("is_current")), "isCurrent", rest)
        self.user_agent = read_text(get("userAgent", get("user_agent")), "userAgent", rest)
        self.additional_properties = keep_rest(cls, src, rest)
        return self
