# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from .._core.codec import (
    hide,
    to_datetime,
)


@define(kw_only=True)
class Webhook:
    """`Webhook` as the API sends it."""

    id: str
    active: bool | None = None
    created_at: datetime.datetime | None = None
    events: list[str] | None = None
    last_triggered: datetime.datetime | None = None
    secret: str | None = field(default=None, repr=hide)
    url: str | None = None
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False)
    """The payload as received, unknown fields included."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload; `DecodeError` is raised by the caller, which knows the operation."""
        get = src.get
        return cls(
            id=src["id"],
            active=get("active"),
            created_at=None if (v := get("created_at")) is None else to_datetime(v),
            events=get("events"),
            last_triggered=None if (v := get("last_triggered")) is None else to_datetime(v),
            secret=get("secret"),
            url=get("url"),
            raw=src,
        )
