# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Literal, Self, TypeAlias

from attrs import define
from attrs import field as _field

from .._core.envelope.fields import (
    read_datetime,
    read_lenient,
)

WebhookDeliveryStatus: TypeAlias = Literal["delivered", "failed", "pending"]


@define(kw_only=True)
class WebhookDelivery:
    """`WebhookDelivery` as the API sends it."""

    id: str
    attempts: int | None = None
    """Attempts made so far, of 4."""
    created_at: datetime.datetime | None = None
    delivered_at: datetime.datetime | None = None
    error: str | None = None
    event: str | None = None
    next_attempt_at: datetime.datetime | None = None
    payload: dict[str, Any] | None = None
    """What was sent."""
    response_status: int | None = None
    status: WebhookDeliveryStatus | str | None = None
    webhook_id: str | None = None
    raw: Mapping[str, Any] = _field(factory=dict[str, Any], repr=False, eq=False)
    """The payload as received, unknown fields included."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload; `DecodeError` is raised by the caller, which knows the operation."""
        self = cls.__new__(cls)
        try:
            self.id = src["id"]
            self.attempts = src["attempts"]
            self.created_at = None if (v := src["created_at"]) is None else read_datetime(v)
            self.delivered_at = None if (v := src["delivered_at"]) is None else read_datetime(v)
            self.error = src["error"]
            self.event = src["event"]
            self.next_attempt_at = (
                None if (v := src["next_attempt_at"]) is None else read_datetime(v)
            )
            self.payload = src["payload"]
            self.response_status = src["response_status"]
            self.status = src["status"]
            self.webhook_id = src["webhook_id"]
        except (KeyError, TypeError, ValueError) as error:
            return read_lenient(
                cls, src, error, "id", datetimes=["created_at", "delivered_at", "next_attempt_at"]
            )
        self.raw = src
        return self
