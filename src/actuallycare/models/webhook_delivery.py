# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Literal, Self, TypeAlias, TypeGuard, get_args

from attrs import define

from .._core.envelope.convert import (
    identity,
    to_integer,
    to_map,
    to_text,
)
from .._core.envelope.fields import (
    keep_rest,
    read,
    read_datetime,
    read_id,
)
from .._core.record import Record as _Record

WebhookDeliveryStatus: TypeAlias = Literal["delivered", "failed", "pending"]


def is_webhook_delivery_status(value: object) -> TypeGuard[WebhookDeliveryStatus]:
    """Whether a value is one of `WebhookDeliveryStatus`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(WebhookDeliveryStatus)


@define(kw_only=True, repr=False)
class WebhookDelivery(_Record):
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

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload. Values of another type are kept in `additional_properties`."""
        get = src.get
        rest: dict[str, Any] = {}
        self = cls.__new__(cls)
        self.id = read_id(to_text, src["id"], "id", rest)
        self.attempts = (
            v if type(v := get("attempts")) is int else read(to_integer, v, "attempts", rest)
        )
        self.created_at = read_datetime(get("created_at"), "created_at", rest)
        self.delivered_at = read_datetime(get("delivered_at"), "delivered_at", rest)
        self.error = v if type(v := get("error")) is str else read(to_text, v, "error", rest)
        self.event = v if type(v := get("event")) is str else read(to_text, v, "event", rest)
        self.next_attempt_at = read_datetime(get("next_attempt_at"), "next_attempt_at", rest)
        self.payload = read(lambda value: to_map(value, identity), get("payload"), "payload", rest)
        self.response_status = (
            v
            if type(v := get("response_status")) is int
            else read(to_integer, v, "response_status", rest)
        )
        self.status = v if type(v := get("status")) is str else read(to_text, v, "status", rest)
        self.webhook_id = (
            v if type(v := get("webhook_id")) is str else read(to_text, v, "webhook_id", rest)
        )
        self.additional_properties = keep_rest(cls, src, rest)
        return self
