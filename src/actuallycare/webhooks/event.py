"""Parse deliveries into typed events. Pure.

Source: docs.actuallycare.com/concepts/webhooks. It publishes two entries of the event catalog with
the fields of their payloads, and the pattern `entity.action` of the other names. The envelope
`{event, timestamp, data}` and the other entries of `MODELS` are inferred.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final, Protocol, Self, TypeAlias, TypeVar

from attrs import field, frozen

from .. import models
from .._core.decode_policy import DecodePolicy
from .._core.envelope.convert import identity, to_text
from .._core.envelope.decode import decode
from .._core.errors import DecodeError
from .._core.json_value import is_object, json_type
from .._core.record import Record
from .headers import HeaderSource, read_headers
from .secret import Secrets, read_secrets
from .verification import CLOCK_SKEW, TOLERANCE, parse_timestamp, require_bytes, verify_or_raise

Payload: TypeAlias = Record | Mapping[str, Any]
"""A record of the CRM, such as a `models.Lead`, with the fields of the event's payload and None in
the others; a mapping for events that this version does not know."""


class SupportsFromDict(Protocol):
    """A model of this package, or your own class with `from_dict`."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Return the instance; raise KeyError, TypeError or ValueError for invalid data."""
        ...


M = TypeVar("M", bound=SupportsFromDict)
_ENTITIES: Final = ("Appointment", "Client", "Contact", "Escrow", "Lead", "Listing")
_ACTIONS: Final = ("created", "updated", "deleted", "archived", "unarchived", "status_changed")

_POLICY: Final = DecodePolicy()
"""Reports each field of an event once per process."""


def _models() -> Iterator[tuple[str, type[Record]]]:
    """Yield each known event with the model of its payload, if the API's document has one."""
    for entity in _ENTITIES:
        model: object = getattr(models, entity, None)
        if isinstance(model, type) and issubclass(model, Record):
            actions = (*_ACTIONS, "converted") if entity == "Lead" else _ACTIONS
            for action in actions:
                yield f"{entity.lower()}.{action}", model


MODELS: Final[Mapping[str, type[Record]]] = dict(_models())
"""Event name → model of its payload."""


@frozen(kw_only=True)
class WebhookEvent:
    """An event in the CRM, as reported by a delivery.

        match event.data:
            case models.Lead() as lead: ...
            case models.Listing() as listing: ...

    Event names are an open set. For a name that this version does not know, `data` is a mapping;
    `decode` converts it to a model.
    """

    name: str
    """Name of the event, such as `lead.created`."""
    data: Payload
    """The record that changed."""
    timestamp: datetime | None
    """When it happened; None if the body does not say."""
    idempotency_key: str
    """SHA-256 of the body in hexadecimal. Every attempt of a delivery has the same key,
    so it identifies a repeated delivery; the vendor publishes no delivery id."""
    raw: Mapping[str, Any] = field(repr=False, eq=False)
    """The body as received, unknown fields included."""

    @property
    def is_test(self) -> bool:
        """Whether it is the event `webhook.test`, which reports no change."""
        return self.name == "webhook.test"

    @property
    def team_id(self) -> str | None:
        """The team that the event belongs to; None if the body does not say."""
        try:
            return to_text(self.raw.get("team_id"))
        except ValueError:
            return None

    def decode(self, model: type[M]) -> M:
        """Return `data` as another model, such as `models.Lead`; DecodeError if it does not fit."""
        payload = self.raw.get("data", self.raw)
        operation = f"webhooks {self.name}"
        return decode(model.from_dict, payload, operation=operation, at="data", policy=_POLICY)


def parse(body: bytes, headers: HeaderSource | None = None) -> WebhookEvent:
    """Parse the event of a delivery. Verify the delivery first.

    Args:
        body: the bytes received.
        headers: name the event if the body does not.

    Raises:
        DecodeError: the body is no JSON object, names no event, or its payload does not fit the
            event's model; names the event and the field.
        TypeError: the body is not bytes.
    """
    content = require_bytes(body)
    raw = _object(content)
    name = _name(raw, headers)
    payload: Any = raw.get("data", raw)
    operation = f"webhooks {name}"
    if not is_object(payload):
        raise DecodeError(operation, f"expected an object, got {json_type(payload)}", field="data")
    model = MODELS.get(name)
    read: Callable[[Any], Any] = identity if model is None else model.from_dict
    data: Payload = decode(read, payload, operation=operation, at="data", policy=_POLICY)
    return WebhookEvent(
        name=name,
        data=data,
        timestamp=_timestamp(raw, operation),
        idempotency_key=body_digest(content),
        raw=raw,
    )


def unwrap(
    body: bytes,
    headers: HeaderSource,
    secret: Secrets,
    *,
    tolerance: float | None = TOLERANCE,
    clock_skew: float = CLOCK_SKEW,
    match_timestamp: bool = True,
    now: datetime | None = None,
) -> WebhookEvent:
    """Return the event of a genuine and recent delivery: `verify`, then `parse`.

    Arguments and errors are the same as theirs.
    """
    secrets = read_secrets(secret)
    del secret  # a traceback with locals must not show it
    verify_or_raise(
        body,
        headers,
        secrets,
        tolerance=tolerance,
        clock_skew=clock_skew,
        match_timestamp=match_timestamp,
        now=now,
    )
    return parse(body, headers)


def body_digest(body: bytes) -> str:
    """Return the key of all attempts of one delivery, see `WebhookEvent.idempotency_key`."""
    return hashlib.sha256(body).hexdigest()


def _object(body: bytes) -> Mapping[str, Any]:
    excerpt = body[:200].decode(errors="replace")
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError) as error:
        reason = f"it is no JSON ({error or 'nested too deeply'})"
        raise DecodeError("webhooks", reason, excerpt=excerpt) from None
    if not is_object(raw):
        reason = f"expected an object, got {json_type(raw)}"
        raise DecodeError("webhooks", reason, excerpt=excerpt)
    return raw


def _name(raw: Mapping[str, Any], headers: HeaderSource | None) -> str:
    name = raw.get("event")
    if name is None and headers is not None:
        name = next(iter(read_headers(headers).event), None)
    if not isinstance(name, str) or not name:
        kind = json_type(name) if name is not None else "nothing"
        raise DecodeError("webhooks", f"expected a name, got {kind}", field="event")
    return name


def _timestamp(raw: Mapping[str, Any], operation: str) -> datetime | None:
    value = raw.get("timestamp")
    if value is None:
        return None
    timestamp = parse_timestamp(value)
    if timestamp is None:
        reason = "expected a date-time with an offset"
        raise DecodeError(operation, reason, field="timestamp", excerpt=repr(value)[:200])
    return timestamp
