# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from .._core.codec import (
    to_datetime,
)
from .client_status import ClientStatus
from .client_type import ClientType


@define(kw_only=True)
class Client:
    """`Client` as the API sends it."""

    id: str
    budget_max: float | None = None
    """Highest budget, in US dollars."""
    budget_min: float | None = None
    """Lowest budget, in US dollars."""
    client_type: ClientType | str | None = None
    created_at: datetime.datetime | None = None
    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    lead_id: str | None = None
    """The lead that this client was converted from."""
    notes: str | None = None
    phone: str | None = None
    source: str | None = None
    status: ClientStatus | str | None = None
    updated_at: datetime.datetime | None = None
    user_id: str | None = None
    """The user who owns the record."""
    raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, eq=False)
    """The payload as received, unknown fields included."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload; `DecodeError` is raised by the caller, which knows the operation."""
        get = src.get
        return cls(
            id=src["id"],
            budget_max=get("budget_max"),
            budget_min=get("budget_min"),
            client_type=get("client_type"),
            created_at=None if (v := get("created_at")) is None else to_datetime(v),
            email=get("email"),
            first_name=get("first_name"),
            last_name=get("last_name"),
            lead_id=get("lead_id"),
            notes=get("notes"),
            phone=get("phone"),
            source=get("source"),
            status=get("status"),
            updated_at=None if (v := get("updated_at")) is None else to_datetime(v),
            user_id=get("user_id"),
            raw=src,
        )
