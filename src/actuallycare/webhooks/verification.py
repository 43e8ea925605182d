"""Verify that a delivery comes from ActuallyCare and is recent. Pure.

Source: docs.actuallycare.com/api/reference/webhooks, "Create a webhook subscription":
`X-Webhook-Signature` is `sha256=` and the hexadecimal HMAC-SHA256 of the payload with the secret.
That "the payload" means the require_bytes bytes of the body, and nothing else, is inferred.
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
from .._core.settings import validate_seconds
from .errors import VerificationReason, WebhookVerificationError
from .headers import HeaderSource, read_headers
from .secret import (
    Secrets,
    SigningSecrets,
    encoding_problem,
    hex_digest,
    key_of,
    read_secrets,
)

TOLERANCE: Final = 3600.0
"""Maximum age of a delivery in seconds. A few minutes are too short: a repeated attempt may have
the timestamp of the first one, and rejecting it would lose the event. An older back end repeated
deliveries about 1, 5 and 15 minutes after one another and waited 30 seconds for each answer, so
that the last attempt is up to 23 minutes old."""

CLOCK_SKEW: Final = 300.0
"""Seconds by which the sender's clock may be ahead of this machine's."""

_SCHEME: Final = "sha256="
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_UNIX: Final = re.compile(r"([0-9]{10})([0-9]{3})?(?:\.([0-9]{1,9}))?")


def verify(
    body: bytes,
    headers: HeaderSource,
    secret: Secrets,
    *,
    tolerance: float | None = TOLERANCE,
    clock_skew: float = CLOCK_SKEW,
    match_timestamp: bool = True,
    now: datetime | None = None,
) -> None:
    """Return if a delivery is genuine and recent; raise otherwise.

    The signature covers only the body. Event and timestamp in the headers are not signed, so they
    must match the body: the event must be the one in the body, and so must the timestamp, if the
    body has one.

    Args:
        body: the require_bytes bytes received, before any parsing.
        headers: an object with `items()`, or (name, value) pairs.
        secret: the secret of the webhook; several while it is rotated.
        tolerance: maximum age in seconds; None for any age.
        clock_skew: seconds that its timestamp may be in the future.
        match_timestamp: whether the header's timestamp must be the one in the body, if there is
            one there. With False, both must be recent.
        now: the time to compare with (aware); default: this machine's.

    Raises:
        WebhookVerificationError: `.reason` says why the delivery is rejected.
        ConfigurationError: no secret, or one that is shorter than the vendor allows; `tolerance` or
            `clock_skew` is negative or NaN.
        TypeError: the body is not bytes.
    """
    secrets = read_secrets(secret)
    # After this, no local of this frame shows a secret in a traceback with locals.
    del secret
    verify_or_raise(
        body,
        headers,
        secrets,
        tolerance=tolerance,
        clock_skew=clock_skew,
        match_timestamp=match_timestamp,
        now=now,
    )


def verify_or_raise(
    body: bytes,
    headers: HeaderSource,
    secrets: SigningSecrets | str,
    *,
    tolerance: float | None,
    clock_skew: float,
    match_timestamp: bool = True,
    now: datetime | None,
) -> None:
    """Do the work of `verify` with the result of `read_secrets`."""
    if isinstance(secrets, str):
        raise ConfigurationError(secrets)
    check_seconds(tolerance=tolerance, clock_skew=clock_skew)
    _check_now(now)
    reason = check(
        require_bytes(body),
        headers,
        secrets,
        tolerance=tolerance,
        clock_skew=clock_skew,
        match_timestamp=match_timestamp,
        now=now or SystemClock().now(),
    )
    if reason is not None:
        raise WebhookVerificationError(reason)


def check_seconds(*, tolerance: float | None, clock_skew: float) -> None:
    """Raise ConfigurationError for a bound that is negative or NaN, which would bound nothing."""
    if tolerance is not None:
        validate_seconds("tolerance", tolerance, allow_zero=True)
    validate_seconds("clock_skew", clock_skew, allow_zero=True)


def _check_now(now: Any) -> None:
    if now is not None and not (isinstance(now, datetime) and now.tzinfo is not None):
        raise ConfigurationError(
            f"now is {now!r:.80}; a datetime with an offset was expected, such as "
            "datetime.now(timezone.utc)."
        )


def sign(body: bytes, secret: str | bytes) -> str:
    """Return the value of `X-Webhook-Signature` for a body, for your tests."""
    problem = encoding_problem(secret)
    if problem is not None:
        del secret
        raise ConfigurationError(problem)
    return _SCHEME + hex_digest(body, key_of(secret))


def check(
    body: bytes,
    headers: HeaderSource,
    secrets: SigningSecrets,
    *,
    tolerance: float | None,
    clock_skew: float,
    match_timestamp: bool = True,
    now: datetime,
) -> VerificationReason | None:
    """Return why a delivery is rejected, or None if it is valid. See `verify`."""
    if not body:
        return "body_empty"
    received = read_headers(headers)
    reason = _signature_reason(body, received.signature, secrets)
    if reason is not None:  # do not parse an unsigned body
        return reason
    signed = signed_fields(body)
    if signed is None:
        if tolerance is not None:  # the timestamp in the header is not signed
            return "body_malformed"
        signed = {}
    timestamps: tuple[Any, ...] = received.timestamp
    if "timestamp" in signed:
        timestamps = (*timestamps, signed["timestamp"])
    return (
        _event_reason(received.event, signed.get("event"))
        or _timestamp_reason(received.timestamp)
        or _age_reason(timestamps, now, tolerance, clock_skew)
        or (_match_reason(timestamps) if match_timestamp else None)
    )


def signed_fields(body: bytes) -> dict[str, Any] | None:
    """Return the `event` and `timestamp` in a body; None for a body that cannot be parsed."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not is_object(value):
        return {}
    return {k: value[k] for k in ("event", "timestamp") if value.get(k) is not None}


def parse_timestamp(value: Any) -> datetime | None:
    """Parse a timestamp of a delivery; return None when it is malformed.

    The vendor does not publish the format, so this accepts a date-time with an offset (RFC 3339),
    and Unix seconds or milliseconds, as numbers or text.
    """
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    text = str(value) if is_number else value
    if not isinstance(text, str) or not text.isascii():
        return None
    if unix := _UNIX.fullmatch(text):
        seconds, milliseconds, rest = unix.groups(default="")
        fraction = f"{milliseconds}{rest}000000"[:6]
        return datetime.fromtimestamp(int(seconds), UTC).replace(microsecond=int(fraction))
    try:
        timestamp = datetime.fromisoformat(text)
    except ValueError:
        return None
    return timestamp if timestamp.tzinfo is not None else None


def require_bytes(body: Any) -> bytes:
    """Return the body as bytes; TypeError for any type that is not what was signed."""
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
    return None if secrets.verify(body, digest) else "signature_mismatch"


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


def _match_reason(values: tuple[Any, ...]) -> VerificationReason | None:
    """Compare the times. One may be in whole seconds and the other with a fraction."""
    times = [time for value in values if (time := parse_timestamp(value)) is not None]
    differ = max(times) - min(times) >= timedelta(seconds=1)
    return "timestamp_mismatch" if differ else None


def _age_reason(
    values: tuple[Any, ...], now: datetime, tolerance: float | None, clock_skew: float
) -> VerificationReason | None:
    for value in values:
        timestamp = parse_timestamp(value)
        if timestamp is None:
            return "timestamp_malformed"
        age = (now - timestamp).total_seconds()
        if age < -clock_skew:
            return "timestamp_future"
        if tolerance is not None and age > tolerance:
            return "timestamp_stale"
    return None
