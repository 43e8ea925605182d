# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Literal, Self, TypeAlias, TypeGuard, get_args

from attrs import define

from .._core.envelope.convert import (
    to_boolean,
    to_list,
    to_map,
    to_text,
)
from .._core.envelope.fields import (
    keep_rest,
    read,
    read_datetime,
    read_id,
)
from .._core.record import Record as _Record

ApiKeyAction: TypeAlias = Literal["read", "write"]


def is_api_key_action(value: object) -> TypeGuard[ApiKeyAction]:
    """Whether a value is one of `ApiKeyAction`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(ApiKeyAction)


@define(kw_only=True, repr=False)
class ApiKey(_Record):
    """`ApiKey` as the API sends it."""

    id: str
    created_at: datetime.datetime | None = None
    expires_at: datetime.datetime | None = None
    is_active: bool | None = None
    key_preview: str | None = None
    """First 8 and last 4 characters."""
    last_used_at: datetime.datetime | None = None
    name: str | None = None
    scopes: dict[str, list[ApiKeyAction | str]] | None = None

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload. Values of another type are kept in `additional_properties`."""
        get = src.get
        rest: dict[str, Any] = {}
        self = cls.__new__(cls)
        self.id = read_id(to_text, src["id"], "id", rest)
        self.created_at = read_datetime(get("created_at"), "created_at", rest)
        self.expires_at = read_datetime(get("expires_at"), "expires_at", rest)
        self.is_active = (
            v if type(v := get("is_active")) is bool else read(to_boolean, v, "is_active", rest)
        )
        self.key_preview = (
            v if type(v := get("key_preview")) is str else read(to_text, v, "key_preview", rest)
        )
        self.last_used_at = read_datetime(get("last_used_at"), "last_used_at", rest)
        self.name = v if type(v := get("name")) is str else read(to_text, v, "name", rest)
        self.scopes = read(
            lambda value: to_map(value, lambda value: to_list(value, to_text)),
            get("scopes"),
            "scopes",
            rest,
        )
        self.additional_properties = keep_rest(cls, src, rest)
        return self
