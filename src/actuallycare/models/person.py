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
class Person(_Record):
    """`Person` as the API sends it."""

    email: str | None = None
    name: str | None = None
    phone: str | None = None

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload. Values of another type are kept in `additional_properties`."""
        get = src.get
        rest: dict[str, Any] = {}
        self = cls.__new__(cls)
        self.email = v if type(v := get("email")) is str else read(to_text, v, "email", rest)
        self.name = v if type(v := get("name")) is str else read(to_text, v, "name", rest)
        self.phone = v if type(v := get("phone")) is str else read(to_text, v, "phone", rest)
        self.additional_properties = keep_rest(cls, src, rest)
        return self
