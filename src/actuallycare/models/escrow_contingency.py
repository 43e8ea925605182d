# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Literal, Self, TypeAlias

from attrs import define
from attrs import field as _field

from .._core.envelope.fields import (
    read_date,
    read_lenient,
)

EscrowContingencyStatus: TypeAlias = Literal["pending", "removed", "satisfied", "waived"]


@define(kw_only=True)
class EscrowContingency:
    """`EscrowContingency` as the API sends it."""

    due_date: datetime.date | None = None
    status: EscrowContingencyStatus | str | None = None
    type_: str | None = None
    raw: Mapping[str, Any] = _field(factory=dict[str, Any], repr=False, eq=False)
    """The payload as received, unknown fields included."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload; `DecodeError` is raised by the caller, which knows the operation."""
        self = cls.__new__(cls)
        try:
            self.due_date = None if (v := src["due_date"]) is None else read_date(v)
            self.status = src["status"]
            self.type_ = src["type"]
        except (KeyError, TypeError, ValueError) as error:
            return read_lenient(cls, src, error, dates=["due_date"])
        self.raw = src
        return self
