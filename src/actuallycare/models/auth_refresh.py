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


@define(kw_only=True)
class AuthRefresh:
    """`AuthRefresh` as the API sends it."""

    access_token: str | None = _field(default=None, repr=_redact)
    """Access token (JWT), the same as token."""
    expires_in: str | int | None = None
    """Lifetime of the access token: seconds, or text such as 15m."""
    refresh_token: str | None = _field(default=None, repr=_redact)
    """Rotates: each refresh gives a new one, here or in the cookie refreshToken."""
    refresh_token_expires_in: str | None = None
    token: str | None = _field(default=None, repr=_redact)
    """Access token (JWT)."""
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
            self.refresh_token_expires_in = src["refreshTokenExpiresIn"]
            self.token = src["token"]
        except (KeyError, TypeError) as error:
            return read_lenient(cls, src, error)
        self.raw = src
        return self
