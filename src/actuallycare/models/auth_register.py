# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self, TypeAlias, TypeGuard, get_args

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
from .user import User

AuthRegisterStatus: TypeAlias = Literal["active", "waitlisted"]


def is_auth_register_status(value: object) -> TypeGuard[AuthRegisterStatus]:
    """Whether a value is one of `AuthRegisterStatus`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(AuthRegisterStatus)


@define(kw_only=True, repr=False)
class AuthRegister(_Record):
    """`AuthRegister` as the API sends it."""

    access_token: str | None = _field(
        default=None, metadata={"wire": "accessToken", "secret": True}
    )
    """Access token (JWT), the same as token."""
    expires_in: str | int | None = _field(default=None, metadata={"wire": "expiresIn"})
    """Lifetime of the access token: seconds, or text such as 15m."""
    redirect: str | None = None
    refresh_token: str | None = _field(
        default=None, metadata={"wire": "refreshToken", "secret": True}
    )
    """Rotates: each refresh gives a new one, here or in the cookie refreshToken."""
    status: AuthRegisterStatus | str | None = None
    token: str | None = _field(default=None, metadata={"secret": True})
    """Access token (JWT)."""
    user: User | None = None

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
        self.redirect = (
            v if type(v := get("redirect")) is str else read(to_text, v, "redirect", rest)
        )
        self.refresh_token = (
            v
            if type(v := get("refreshToken", get("refresh_token"))) is str
            else read(to_text, v, "refreshToken", rest)
        )
        self.status = v if type(v := get("status")) is str else read(to_text, v, "status", rest)
        self.token = v if type(v := get("token")) is str else read(to_text, v, "token", rest)
        self.user = read(User.from_dict, get("user"), "user", rest)
        self.additional_properties = keep_rest(cls, src, rest)
        return self
