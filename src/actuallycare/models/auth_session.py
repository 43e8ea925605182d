# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

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
        self.device_info = (
            v
            if type(v := get("deviceInfo", get("device_info"))) is str
            else read(to_text, v, "deviceInfo", rest)
        )
        self.expires_at = read_datetime(get("expiresAt", get("expires_at")), "expiresAt", rest)
        self.id = v if type(v := get("id")) is str else read(to_text, v, "id", rest)
        self.ip_address = (
            v
            if type(v := get("ipAddress", get("ip_address"))) is str
            else read(to_text, v, "ipAddress", rest)
        )
        self.is_current = (
            v
            if type(v := get("isCurrent", get("is_current"))) is bool
            else read(to_boolean, v, "isCurrent", rest)
        )
        self.user_agent = (
            v
            if type(v := get("userAgent", get("user_agent"))) is str
            else read(to_text, v, "userAgent", rest)
        )
        self.additional_properties = keep_rest(cls, src, rest)
        return self
