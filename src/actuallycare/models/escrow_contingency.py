# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Literal, Self, TypeAlias, TypeGuard, get_args

from attrs import define
from attrs import field as _field

from .._core.envelope.convert import (
    to_text,
)
from .._core.envelope.fields import (
    keep_rest,
    read,
    read_date,
)
from .._core.record import Record as _Record

EscrowContingencyStatus: TypeAlias = Literal["pending", "removed", "satisfied", "waived"]


def is_escrow_contingency_status(value: object) -> TypeGuard[EscrowContingencyStatus]:
    """Whether a value is one of `EscrowContingencyStatus`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(EscrowContingencyStatus)


@define(kw_only=True, repr=False)
class EscrowContingency(_Record):
    """`EscrowContingency` as the API sends it."""

    due_date: datetime.date | None = None
    status: EscrowContingencyStatus | str | None = None
    type_: str | None = _field(default=None, metadata={"wire": "type"})

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload. Values of another type are kept in `additional_properties`."""
        get = src.get
        rest: dict[str, Any] = {}
        self = cls.__new__(cls)
        self.due_date = read_date(get("due_date"), "due_date", rest)
        self.status = v if type(v := get("status")) is str else read(to_text, v, "status", rest)
        self.type_ = (
            v if type(v := get("type", get("type_"))) is str else read(to_text, v, "type", rest)
        )
        self.additional_properties = keep_rest(cls, src, rest)
        return self
