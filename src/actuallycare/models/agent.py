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
class Agent:
    """`Agent` as the API sends it."""

    brokerage: str | None = None
    email: str | None = None
    license_: str | None = None
    name: str | None = None
    phone: str | None = None
    raw: Mapping[str, Any] = _field(factory=dict[str, Any], repr=False, eq=False)
    """The payload as received, unknown fields included."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload; `DecodeError` is raised by the caller, which knows the operation."""
        self = cls.__new__(cls)
        try:
            self.brokerage = src["brokerage"]
            self.email = src["email"]
            self.license_ = src["license"]
            self.name = src["name"]
            self.phone = src["phone"]
        except (KeyError, TypeError) as error:
            return read_lenient(cls, src, error)
        self.raw = src
        return self
