# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from .._core.envelope.convert import (
    to_integer,
    to_text,
)
from .._core.envelope.fields import (
    keep_rest,
    read,
    read_list,
    read_number,
)
from .._core.record import Record as _Record


@define(kw_only=True, repr=False)
class ClientPropertyPreferences(_Record):
    """`ClientPropertyPreferences` as the API sends it."""

    bathrooms_min: float | None = None
    bedrooms_min: int | None = None
    property_types: list[str] | None = None
    square_feet_min: int | None = None

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload. Values of another type are kept in `additional_properties`."""
        get = src.get
        rest: dict[str, Any] = {}
        self = cls.__new__(cls)
        self.bathrooms_min = read_number(get("bathrooms_min"), "bathrooms_min", rest)
        self.bedrooms_min = (
            v
            if type(v := get("bedrooms_min")) is int
            else read(to_integer, v, "bedrooms_min", rest)
        )
        self.property_types = read_list(to_text, get("property_types"), "property_types", rest)
        self.square_feet_min = (
            v
            if type(v := get("square_feet_min")) is int
            else read(to_integer, v, "square_feet_min", rest)
        )
        self.additional_properties = keep_rest(cls, src, rest)
        return self
