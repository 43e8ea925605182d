# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define
from attrs import field as _field

from .._core.envelope.convert import (
    to_integer,
    to_text,
    to_union,
)
from .._core.envelope.fields import (
    keep_rest,
    read,
)
from .._core.record import Record as _Record


@define(kw_only=True, repr=False)
class AuthRefresh(_Record):
    """`AuthRefresh` as the API sends it."""

    access_token: str | None = _field(
        default=None, metadata={"wire": "accessToken", "secret": True}
    )
    """Access token (JWT), the same as token."""
    expires_in: str | int | None = _field(default=None, metadata={"wire": "expiresIn"})
    """Lifetime of the access token: seconds, or text such as 15m."""
    refresh_token: str | None = _field(
        default=None, metadata={"wire": "refreshToken", "secret": True}
    )
    """Rotates: each refresh gives a new one, here or in the cookie refreshToken."""
    refresh_token_expires_in: str | None = _field(
        default=None, metadata={"wire": "refreshTokenExpiresIn"}
    )
    token: str | None = _field(default=None, metadata={"secret": True})
    """Access token (JWT)."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload. Values of another type are kept in `additional_properties`."""
        get = src.get
        rest: dict[str, Any] = {}
        self = cls.__new__(cls)
        self.access_token = (
            v
            if type(v := get("accessToken", get("access_token"))) is str
            else read(to_text, v, "accessToken", rest)
        )
        self.expires_in = read(
            lambda value: to_union(value, {str: to_text, int: to_integer}),
            get("expiresIn", get("expires_in")),
            "expiresIn",
            rest,
        )
        self.refresh_token = (
            v
            if type(v := get("refreshToken", get("refresh_token"))) is str
            else read(to_text, v, "refreshToken", rest)
        )
        self.refresh_token_expires_in = (
            v
            if type(v := get("refreshTokenExpiresIn", get("refresh_token_expires_in"))) is str
            else read(to_text, v, "refreshTokenExpiresIn", rest)
        )
        self.token = v if type(v := get("token")) is str else read(to_text, v, "token", rest)
        self.additional_properties = keep_rest(cls, src, rest)
        return self
