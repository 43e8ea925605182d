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


@define(kw_only=True)
class Webhook:
    """`Webhook` as the API sends it."""

    id: str
    active: bool | None = None
    created_at: datetime.datetime | None = None
    events: list[str] | None = None
    last_triggered: datetime.datetime | None = None
    secret: str | None = _field(default=None, repr=_redact)
    url: str | None = None
    raw: Mapping[str, Any] = _field(factory=dict[str, Any], repr=False, eq=False)
    """The payload as received, unknown fields included."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload; `DecodeError` is raised by the caller, which knows the operation."""
        self = cls.__new__(cls)
        try:
            self.id = src["id"]
            self.active = src["active"]
            self.created_at = None if (v := src["created_at"]) is None else read_datetime(v)
            self.events = src["events"]
            self.last_triggered = None if (v := src["last_triggered"]) is None else read_datetime(v)
            self.secret = src["secret"]
            self.url = src["url"]
        except (KeyError, TypeError, ValueError) as error:
            return read_lenient(cls, src, error, "id", datetimes=["created_at", "last_triggered"])
        self.raw = src
        return self
