# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from .._core.envelope.convert import (
    to_text,
)
from .._core.envelope.fields import (
    keep_rest,
    read,
    read_list,
)
from .._core.record import Record as _Record


@define(kw_only=True, repr=False)
class WebhookEventType(_Record):
    """`WebhookEventType` as the API sends it."""

    category: str | None = None
    description: str | None = None
    event: str | None = None
    payload: list[str] | None = None
    """Names of the fields that the payload carries."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload. Values of another type are kept in `additional_properties`."""
        get = src.get
        rest: dict[str, Any] = {}
        self = cls.__new__(cls)
        self.category = (
            v if type(v := get("category")) is str else read(to_text, v, "category", rest)
        )
        self.description = (
            v if type(v := get("description")) is str else read(to_text, v, "description", rest)
        )
        self.event = v if type(v := get("event")) is str else read(to_text, v, "event", rest)
        self.payload = read_list(to_text, get("payload"), "payload", rest)
        self.additional_properties = keep_rest(cls, src, rest)
        return self
