"""The error for a delivery that is rejected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from .._core.errors import ActuallyCareError

VerificationReason: TypeAlias = Literal[
    "body_empty",
    "body_malformed",
    "signature_missing",
    "signature_repeated",
    "signature_scheme",
    "signature_malformed",
    "signature_mismatch",
    "timestamp_missing",
    "timestamp_repeated",
    "timestamp_malformed",
    "timestamp_stale",
    "timestamp_future",
    "timestamp_mismatch",
    "event_missing",
    "event_repeated",
    "event_mismatch",
]
"""One word for each reason to reject a delivery."""

MESSAGES: Final[Mapping[VerificationReason, str]] = {
    "body_empty": (
        "The body is empty. Pass the bytes as they were received; a framework may have read them "
        "already"
    ),
    "body_malformed": (
        "The body is not JSON, so the timestamp that is signed with it cannot be checked"
    ),
    "signature_missing": "The header X-Webhook-Signature is missing: this is no signed delivery",
    "signature_repeated": "The header X-Webhook-Signature occurs more than once",
    "signature_scheme": "X-Webhook-Signature does not begin with 'sha256='",
    "signature_malformed": (
        "X-Webhook-Signature was expected to be 'sha256=' and 64 lower-case hexadecimal characters"
    ),
    "signature_mismatch": (
        "The signature does not match the body. Pass the bytes exactly as received, before any "
        "parsing, and the secret of the webhook; while it is rotated, pass the old one too"
    ),
    "timestamp_missing": "The header X-Webhook-Timestamp is missing",
    "timestamp_repeated": "The header X-Webhook-Timestamp occurs more than once",
    "timestamp_malformed": (
        "The timestamp cannot be read. Expected a date-time with an offset, such as "
        "2026-06-11T18:24:09.123Z, or Unix seconds or milliseconds"
    ),
    "timestamp_stale": (
        "The delivery is older than the tolerance: a replay, or a late attempt. Check this "
        "machine's clock, or pass a longer tolerance"
    ),
    "timestamp_future": "The delivery is dated in the future. Check this machine's clock",
    "timestamp_mismatch": (
        "X-Webhook-Timestamp is another time than the `timestamp` of the signed body: a replay "
        "with a new header. If the vendor sends the time of each attempt, pass "
        "match_timestamp=False"
    ),
    "event_missing": "The header X-Webhook-Event is missing",
    "event_repeated": "The header X-Webhook-Event occurs more than once",
    "event_mismatch": "X-Webhook-Event names another event than the signed body does",
}


class WebhookVerificationError(ActuallyCareError):
    """A delivery that cannot be trusted. Branch on `reason`, never on the message."""

    reason: VerificationReason
    """What is wrong with it."""

    def __init__(self, reason: VerificationReason, detail: str = "") -> None:
        super().__init__(f"{MESSAGES[reason]}{f' ({detail})' if detail else ''}.")
        self.reason = reason
