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
from .._core.secret import redact as _redact
from .api_key import ApiKeyAction


@define(kw_only=True)
class CreatedApiKey:
    """`CreatedApiKey` as the API sends it."""

    id: str
    created_at: datetime.datetime | None = None
    expires_at: datetime.datetime | None = None
    is_active: bool | None = None
    key: str | None = _field(default=None, repr=_redact)
    """The key itself: shown this once, stored only as a hash."""
    key_preview: str | None = None
    """First 8 and last 4 characters."""
    last_used_at: datetime.datetime | None = None
    name: str | None = None
    scopes: dict[str, list[ApiKeyAction | str]] | None = None
    raw: Mapping[str, Any] = _field(factory=dict[str, Any], repr=False, eq=False)
    """The payload as received, unknown fields included."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload; `DecodeError` is raised by the caller, which knows the operation."""
        self = cls.__new__(cls)
        try:
            self.id = src["id"]
            self.created_at = None if (v := src["created_at"]) is None else read_datetime(v)
            self.expires_at = None if (v := src["expires_at"]) is None else read_datetime(v)
            self.is_active = src["is_active"]
            self.key = src["key"]
            self.key_preview = src["key_preview"]
            self.last_used_at = None if (v := src["last_used_at"]) is None else read_datetime(v)
            self.name = src["name"]
            self.scopes = src["scopes"]
        except (KeyError, TypeError, ValueError) as error:
            return read_lenient(
                cls, src, error, "id", datetimes=["created_at", "expires_at", "last_used_at"]
            )
        self.raw = src
        return self
