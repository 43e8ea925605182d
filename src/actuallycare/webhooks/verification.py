"""Whether a delivery comes from ActuallyCare and is fresh. Pure.

Source: docs.actuallycare.com/api/reference/webhooks, "Create a webhook subscription":
`X-Webhook-Signature` is `sha256=` and the hexadecimal HMAC-SHA256 of the payload with the secret.
That "the payload" means the exact bytes of the body, and nothing else, is inferred.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

from .._core.clock import SystemClock
from .._core.errors import ConfigurationError
from .._core.json_value import is_object
from .failure import VerificationReason, WebhookVerificationError
from .headers import HeaderSource, read_headers
from .secret import Secrets, SigningSecrets, hex_digest, key_of, read_secrets

TOLERANCE: Final = 3600.0
"""Seconds that a delivery may be old. Not a few minutes: an attempt that the vendor makes again may
carry the timestamp of the first, and refusing it would lose the event."""

CLOCK_SKEW: Final = 300.0
"""Seconds that the sender's clock may be ahead of this machine's."""

_SCHEME: Final = "sha256="
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_UNIX: Final = re.compile(r"[0-9]{10}(?:[0-9]{3})?")


def verify(
    body: bytes,
    headers: HeaderSource,
    secret: Secrets,
    *,
    tolerance: float | None = TOLERANCE,
    clock_skew: float = CLOCK_SKEW,
    now: datetime | None = None,
) -> None:
    """Return when a delivery is genuine and fresh; raise when it is not.

    The signature covers the body alone. Event and timestamp in the headers are not signed, so they
    count only together with what the body says: the event must be the one that the body names, and
    where the body holds a `timestamp`, that one must be fresh too.

    Args:
        body: the exact bytes received, before any parsing.
        headers: an object with `items()`, or (name, value) pairs.
        secret: what the webhook was registered with; several while it is being rotated.
        tolerance: seconds that the delivery may be old; None for any age.
        clock_skew: seconds that it may be dated in the future.
        now: the time to compare with (aware); default: this machine's.

    Raises:
        WebhookVerificationError: `.reason` says why the delivery is refused.
        ConfigurationError: no secret, or one that is shorter than the vendor allows.
        TypeError: the body is not bytes.
    """
    secrets = read_secrets(secret)
    # From here on no local of this frame shows a secret in a traceback with locals.
    del secret
    enforce(body, headers, secrets, tolerance=tolerance, clock_skew=clock_skew, now=now)


def enforce(
    body: bytes,
    headers: HeaderSource,
    secrets: SigningSecrets | str,
    *,
    tolerance: float | None,
    clock_skew: float,
    now: datetime | None,
) -> None:
    """`verify` with what `read_secrets` gave."""
    if isinstance(secrets, str):
        raise ConfigurationError(secrets)
    reason = check(
        exact(body),
        headers,
        secrets,
        tolerance=tolerance,
        clock_skew=clock_skew,
        now=now or SystemClock().now(),
    )
    if reason is not None:
        raise WebhookVerificationError(reason)


def sign(body: bytes, secret: str | bytes) -> str:
    """The value of `X-Webhook-Signature` for a body: for tests of your own."""
    return _SCHEME + hex_digest(body, key_of(secret))


def check(
    body: bytes,
    headers: HeaderSource,
    secrets: SigningSecrets,
    *,
    tolerance: float | None,
    clock_skew: float,
    now: datetime,
) -> VerificationReason | None:
    """Why a delivery is refused; None when it is not. See `verify`."""
    if not body:
        return "body_empty"
    given = read_headers(headers)
    reason = _signature_reason(body, given.signature, secrets)
    if reason is not None:  # what nobody has signed is not even parsed
        return reason
    told = signed_facts(body)
    moments = (*given.timestamp, told["timestamp"]) if "timestamp" in told else given.timestamp
    return (
        _event_reason(given.event, told.get("event"))
        or _timestamp_reason(given.timestamp)
        or _age_reason(moments, now, tolerance, clock_skew)
    )


def signed_facts(body: bytes) -> dict[str, Any]:
    """The `event` and `timestamp` that a body names. A body that is no JSON object names none."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    if not is_object(value):
        return {}
    return {k: value[k] for k in ("event", "timestamp") if value.get(k) is not None}


def read_moment(value: Any) -> datetime | None:
    """A timestamp of a delivery; None when it cannot be read.

    The vendor does not publish the format: a date-time with an offset (RFC 3339), Unix seconds and
    Unix milliseconds are all read.
    """
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not text.isascii():
        return None
    if _UNIX.fullmatch(text):
        second = datetime.fromtimestamp(int(text[:10]), UTC)
        return second + timedelta(milliseconds=int(text[10:] or 0))
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def exact(body: Any) -> bytes:
    """The body; TypeError when it is no longer what was signed."""
    if not isinstance(body, (bytes, bytearray, memoryview)):
        raise TypeError(
            f"the body is {type(body).__name__}; pass the bytes exactly as they were received, "
            "before any decoding or parsing"
        )
    return bytes(cast("bytes | bytearray", body))


def _signature_reason(
    body: bytes, values: Sequence[str], secrets: SigningSecrets
) -> VerificationReason | None:
    if not values:
        return "signature_missing"
    if len(values) > 1:
        return "signature_repeated"
    if not values[0].startswith(_SCHEME):
        return "signature_scheme"
    digest = values[0].removeprefix(_SCHEME)
    if not _DIGEST.fullmatch(digest):
        return "signature_malformed"
    return None if secrets.fit(body, digest) else "signature_mismatch"


def _event_reason(values: Sequence[str], signed: Any) -> VerificationReason | None:
    if not any(values):
        return "event_missing"
    if len(values) > 1:
        return "event_repeated"
    return "event_mismatch" if signed is not None and signed != values[0] else None


def _timestamp_reason(values: Sequence[str]) -> VerificationReason | None:
    if not any(values):
        return "timestamp_missing"
    return "timestamp_repeated" if len(values) > 1 else None


def _age_reason(
    values: tuple[Any, ...], now: datetime, tolerance: float | None, clock_skew: float
) -> VerificationReason | None:
    for value in values:
        moment = read_moment(value)
        if moment is None:
            return "timestamp_malformed"
        age = (now - moment).total_seconds()
        if age < -clock_skew:
            return "timestamp_future"
        if tolerance is not None and age > tolerance:
            return "timestamp_stale"
    return None
