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
)
from .._core.record import Record as _Record


@define(kw_only=True, repr=False)
class BillingCreateCheckout(_Record):
    """`BillingCreateCheckout` as the API sends it."""

    url: str | None = None
    """Where to send the visitor."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload. Values of another type are kept in `additional_properties`."""
        get = src.get
        rest: dict[str, Any] = {}
        self = cls.__new__(cls)
        self.url = v if type(v := get("url")) is str else read(to_text, v, "url", rest)
        self.additional_properties = keep_rest(cls, src, rest)
        return self
