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
    read_id,
    read_list,
)
from .._core.record import Record as _Record


@define(kw_only=True, repr=False)
class Webhook(_Record):
    """`Webhook` as the API sends it."""

    id: str
    active: bool | None = None
    created_at: datetime.datetime | None = None
    events: list[str] | None = None
    last_triggered: datetime.datetime | None = None
    secret: str | None = _field(default=None, metadata={"secret": True})
    url: str | None = None

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload. Values of another type are kept in `additional_properties`."""
        get = src.get
        rest: dict[str, Any] = {}
        self = cls.__new__(cls)
        self.id = read_id(to_text, src["id"], "id", rest)
        self.active = v if type(v := get("active")) is bool else read(to_boolean, v, "active", rest)
        self.created_at = read_datetime(get("created_at"), "created_at", rest)
        self.events = read_list(to_text, get("events"), "events", rest)
        self.last_triggered = read_datetime(get("last_triggered"), "last_triggered", rest)
        self.secret = v if type(v := get("secret")) is str else read(to_text, v, "secret", rest)
        self.url = v if type(v := get("url")) is str else read(to_text, v, "url", rest)
        self.additional_properties = keep_rest(cls, src, rest)
        return self
