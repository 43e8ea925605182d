# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define
from attrs import field as _field

from .._core.envelope.convert import (
    to_text,
)
from .._core.envelope.fields import (
    keep_rest,
    read,
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
        self.brokerage = (
            v if type(v := get("brokerage")) is str else read(to_text, v, "brokerage", rest)
        )
        self.email = v if type(v := get("email")) is str else read(to_text, v, "email", rest)
        self.license_ = (
            v
            if type(v := get("license", get("license_"))) is str
            else read(to_text, v, "license", rest)
        )
        self.name = v if type(v := get("name")) is str else read(to_text, v, "name", rest)
        self.phone = v if type(v := get("phone")) is str else read(to_text, v, "phone", rest)
        self.additional_properties = keep_rest(cls, src, rest)
        return self
