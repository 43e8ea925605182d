# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define
from attrs import field as _field

from .._core.envelope.fields import (
    read_lenient,
)
from .._core.secret import redact as _redact
from .user import User


@define(kw_only=True)
class AuthLogin:
    """`AuthLogin` as the API sends it."""

    access_token: str | None = _field(default=None, repr=_redact)
    """Access token (JWT), the same as token."""
    expires_in: str | int | None = None
    """Lifetime of the access token: seconds, or text such as 15m."""
    refresh_token: str | None = _field(default=None, repr=_redact)
    """Rotates: each refresh gives a new one, here or in the cookie refreshToken."""
    token: str | None = _field(default=None, repr=_redact)
    """Access token (JWT)."""
    token_type: str | None = None
    user: User | None = None
    raw: Mapping[str, Any] = _field(factory=dict[str, Any], repr=False, eq=False)
    """The payload as received, unknown fields included."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload; `DecodeError` is raised by the caller, which knows the operation."""
        self = cls.__new__(cls)
        try:
            self.access_token = src["accessToken"]
            self.expires_in = src["expiresIn"]
            self.refresh_token = src["refreshToken"]
            self.token = src["token"]
            self.token_type = src["tokenType"]
        except (KeyError, TypeError) as error:
            return read_lenient(cls, src, error)
        get = src.get
        self.user = None if (v := get("user")) is None else User.from_dict(v)
        self.raw = src
        return self
