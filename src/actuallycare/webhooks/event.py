"""Deliveries as typed values. Pure.

Source: docs.actuallycare.com/concepts/webhooks. Published are two entries of the event catalog with
the fields of their payloads, and the pattern `entity.action` of the other names. The envelope
`{event, timestamp, data}` and the other entries of `MODELS` are inferred.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, Protocol, Self, TypeAlias, TypeVar

from attrs import field, frozen

from .._core.envelope.decode import decode
from .._core.envelope.fields import identity
from .._core.errors import DecodeError
from .._core.json_value import is_object, json_type
from ..models.appointment import Appointment
from ..models.client import Client
from ..models.contact import Contact
from ..models.escrow import Escrow
from ..models.lead import Lead
from ..models.listing import Listing
from .headers import HeaderSource, read_headers
from .secret import Secrets, read_secrets
from .verification import CLOCK_SKEW, TOLERANCE, enforce, exact, read_moment

Payload: TypeAlias = Appointment | Client | Contact | Escrow | Lead | Listing | Mapping[str, Any]
"""A record of the CRM, with the fields that the event's payload carries and None in the others; a
mapping for events that this version does not know."""


class Readable(Protocol):
    """A model of this package, or a class of yours that reads itself from a mapping."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """The instance; KeyError, TypeError or ValueError when it cannot be read."""
        ...


M = TypeVar("M", bound=Readable)
_Record: TypeAlias = type[Appointment | Client | Contact | Escrow | Lead | Listing]

_ENTITIES: Final[Mapping[str, _Record]] = {
    "appointment": Appointment,
    "client": Client,
    "contact": Contact,
    "escrow": Escrow,
    "lead": Lead,
    "listing": Listing,
}
_ACTIONS: Final = ("created", "updated", "deleted", "archived", "unarchived", "status_changed")

MODELS: Final[Mapping[str, _Record]] = {
    **{f"{entity}.{action}": m for entity, m in _ENTITIES.items() for action in _ACTIONS},
    "lead.converted": Lead,
}
"""Event name → model of its payload."""


@frozen(kw_only=True)
class WebhookEvent:
    """Something that happened in the CRM, as a delivery tells it.

        match event.data:
            case models.Lead() as lead: ...
            case models.Listing() as listing: ...

    Event names are an open set: one that this version does not know is delivered like any other,
    with `data` as a mapping. `decode` reads that into a model.
    """

    name: str
    """Name of the event, such as `lead.created`."""
    data: Payload
    """The record that it happened to."""
    timestamp: datetime | None
    """When it happened; None where the body does not tell."""
    key: str
    """SHA-256 of the body in hexadecimal. Every attempt of a delivery has the same one, so it
    recognises a repetition; the vendor publishes no delivery id."""
    raw: Mapping[str, Any] = field(repr=False, eq=False)
    """The body as received, unknown fields included."""

    def decode(self, model: type[M]) -> M:
        """`data` as another model, such as `models.Lead`; DecodeError when it cannot be read."""
        payload = self.raw.get("data", self.raw)
        return decode(model.from_dict, payload, operation=f"webhooks {self.name}", at="data")


def parse(body: bytes, headers: HeaderSource | None = None) -> WebhookEvent:
    """The event that a delivery tells of. Verify the delivery first.

    Args:
        body: the bytes received.
        headers: name the event where the body does not.

    Raises:
        DecodeError: the body is no JSON object, names no event, or its payload does not fit the
            event's model; names the event and the field.
        TypeError: the body is not bytes.
    """
    content = exact(body)
    raw = _object(content)
    name = _name(raw, headers)
    payload: Any = raw.get("data", raw)
    operation = f"webhooks {name}"
    if not is_object(payload):
        raise DecodeError(operation, f"expected an object, got {json_type(payload)}", field="data")
    model = MODELS.get(name)
    read: Callable[[Any], Any] = identity if model is None else model.from_dict
    data: Payload = decode(read, payload, operation=operation, at="data")
    return WebhookEvent(
        name=name, data=data, timestamp=_moment(raw, operation), key=body_key(content), raw=raw
    )


def unwrap(
    body: bytes,
    headers: HeaderSource,
    secret: Secrets,
    *,
    tolerance: float | None = TOLERANCE,
    clock_skew: float = CLOCK_SKEW,
    now: datetime | None = None,
) -> WebhookEvent:
    """The event of a delivery that is genuine and fresh: `verify`, then `parse`.

    Arguments and errors are theirs.
    """
    secrets = read_secrets(secret)
    del secret  # a traceback with locals must not show it
    enforce(body, headers, secrets, tolerance=tolerance, clock_skew=clock_skew, now=now)
    return parse(body, headers)


def body_key(body: bytes) -> str:
    """What all attempts of one delivery have in common, see `WebhookEvent.key`."""
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
        given = json_type(name) if name is not None else "nothing"
        raise DecodeError("webhooks", f"expected a name, got {given}", field="event")
    return name


def _moment(raw: Mapping[str, Any], operation: str) -> datetime | None:
    given = raw.get("timestamp")
    if given is None:
        return None
    moment = read_moment(given)
    if moment is None:
        reason = "expected a date-time with an offset"
        raise DecodeError(operation, reason, field="timestamp", excerpt=repr(given)[:200])
    return moment
