# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define
from attrs import field as _field

from .._core.envelope.fields import (
    keep_rest,
    read_text,
)
from .._core.record import Record as _Record


@define(kw_only=True, repr=False)
class Agent(_Record):
    """`Agent` as the API sends it."""

    brokerage: str | None = None
    email: str | None = None
    license_: str | None = _field(default=None, metadata={"wire": "license"})
    name: str | None = None
    phone: str | None = None

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload. Values of another type are kept in `additional_properties`."""
        get = src.get
        rest: dict[str, Any] = {}
        self = cls.__new__(cls)
        self.brokerage = read_text(get("brokerage"), "brokerage", rest)
        self.email = read_text(get("email"), "email", rest)
        self.license_ = read_text(get("license", get("license_")), "license", rest)
        self.name = read_text(get("name"), "name", rest)
        self.phone = read_text(get("phone"), "phone", rest)
        self.additional_properties = keep_rest(cls, src, rest)
        return self
