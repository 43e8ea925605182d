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


@define(kw_only=True)
class ClientPropertyPreferences:
    """`ClientPropertyPreferences` as the API sends it."""

    bathrooms_min: float | None = None
    bedrooms_min: int | None = None
    property_types: list[str] | None = None
    square_feet_min: int | None = None
    raw: Mapping[str, Any] = _field(factory=dict[str, Any], repr=False, eq=False)
    """The payload as received, unknown fields included."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload; `DecodeError` is raised by the caller, which knows the operation."""
        self = cls.__new__(cls)
        try:
            self.bathrooms_min = src["bathrooms_min"]
            self.bedrooms_min = src["bedrooms_min"]
            self.property_types = src["property_types"]
            self.square_feet_min = src["square_feet_min"]
        except (KeyError, TypeError) as error:
            return read_lenient(cls, src, error)
        self.raw = src
        return self
