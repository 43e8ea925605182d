"""A genuine delivery, and ways to tamper with it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

NOW = datetime(2026, 6, 11, 18, 24, 9, 123_000, tzinfo=UTC)
SECRET = "marker5ec2e7-signing-secret"
OTHER = "marker5ec2e7-another-secret"
LEAD = {
    "id": "a1b2c3d4",
    "name": "Bravo Sämple",
    "email": "bravo@example.com",
    "phone": None,
    "source": "Referral",
    "status": "new",
}


def iso(time: datetime) -> str:
    """An instant as the vendor writes it."""
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def encoded(event: str = "lead.created", at: datetime = NOW, data: Any = LEAD) -> bytes:
    """The body of a delivery."""
    body = {"event": event, "timestamp": iso(at), "data": data}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def signature(body: bytes, secret: str = SECRET) -> str:
    """As the vendor's page says it; on purpose not the SDK's own `sign`."""
    return f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"


@dataclass(frozen=True)
class Delivery:
    """A body and its headers."""

    body: bytes
    headers: tuple[tuple[str, str], ...]

    def with_body(self, body: bytes) -> Delivery:
        """The same headers over other bytes."""
        return replace(self, body=body)

    def with_header(self, name: str, *values: str) -> Delivery:
        """A header replaced by these values; by none of them, removed."""
        others = tuple(pair for pair in self.headers if pair[0] != name)
        return replace(self, headers=(*others, *((name, value) for value in values)))

    def header(self, name: str) -> str:
        """The value of a header."""
        return dict(self.headers)[name]


def delivery(
    body: bytes | None = None,
    *,
    secret: str = SECRET,
    event: str = "lead.created",
    at: datetime | str = NOW,
) -> Delivery:
    """A genuine delivery."""
    content = encoded() if body is None else body
    return Delivery(
        content,
        (
            ("Content-Type", "application/json"),
            ("X-Webhook-Event", event),
            ("X-Webhook-Timestamp", at if isinstance(at, str) else iso(at)),
            ("X-Webhook-Signature", signature(content, secret)),
        ),
    )


@dataclass(frozen=True)
class Case:
    """A delivery that is rejected, and the reason for it."""

    name: str
    delivery: Delivery
    reason: str


def tampered() -> list[Case]:
    """Every way to tamper with a delivery that we know of."""
    good = delivery()
    body, signed = good.body, good.header("X-Webhook-Signature")
    value = json.loads(body)
    return [
        # The body is another one than was signed.
        *(
            Case(name, good.with_body(changed), "signature_mismatch")
            for name, changed in {
                "one bit of the first byte": bytes([body[0] ^ 1]) + body[1:],
                "one bit in the middle": body.replace(b"new", b"nev"),
                "one bit of the last byte": body[:-1] + bytes([body[-1] ^ 1]),
                "the case of one letter": body.replace(b"Referral", b"referral"),
                "cut by one byte": body[:-1],
                "cut in half": body[: len(body) // 2],
                "one byte more": body + b" ",
                "a line break at the end": body + b"\n",
                "a byte order mark in front": b"\xef\xbb\xbf" + body,
                "encoded again, with spaces": json.dumps(value, ensure_ascii=False).encode(),
                "encoded again, as ASCII": json.dumps(value, separators=(",", ":")).encode(),
                "encoded again, in another order": json.dumps(
                    dict(reversed(value.items())), ensure_ascii=False, separators=(",", ":")
                ).encode(),
                "read and written as latin-1": body.decode().encode("latin-1"),
                "another event's body": encoded("lead.deleted"),
                "a later timestamp": encoded(at=NOW + timedelta(seconds=1)),
                "sent twice in one": body + body,
            }.items()
        ),
        Case("no body at all", good.with_body(b""), "body_empty"),
        Case("signed, but cut short", delivery(body[:-1]), "body_malformed"),
        # The signature is another one.
        *(
            Case(name, good.with_header("X-Webhook-Signature", *values), reason)
            for name, values, reason in [
                ("no signature", (), "signature_missing"),
                ("the signature twice", (signed, signed), "signature_repeated"),
                ("two signatures", (signed, signature(body, OTHER)), "signature_repeated"),
                ("two signatures in one", (f"{signed}, {signed}",), "signature_repeated"),
                ("an empty signature", ("",), "signature_scheme"),
                ("no prefix", (signed.removeprefix("sha256="),), "signature_scheme"),
                ("the prefix in capitals", (signed.replace("sha", "SHA"),), "signature_scheme"),
                ("another algorithm's prefix", (signed.replace("256", "1"),), "signature_scheme"),
                ("a space before", (signed.replace("=", " ="),), "signature_scheme"),
                ("the prefix alone", ("sha256=",), "signature_malformed"),
                ("the prefix twice", (f"sha256={signed}",), "signature_malformed"),
                ("the digest in capitals", (_upper(signed),), "signature_malformed"),
                ("a digit less", (signed[:-1],), "signature_malformed"),
                ("a digit more", (f"{signed}0",), "signature_malformed"),
                ("no hexadecimal digit", (f"{signed[:-1]}g",), "signature_malformed"),
                ("a line break after", (f"{signed}\n",), "signature_malformed"),
                ("an Arabic digit", (f"{signed[:-1]}٣",), "signature_malformed"),
                ("base64", (f"sha256={_base64(body)}",), "signature_malformed"),
                ("another digit", (_other_digit(signed),), "signature_mismatch"),
                ("zeros", (f"sha256={'0' * 64}",), "signature_mismatch"),
                ("another secret", (signature(body, OTHER),), "signature_mismatch"),
                ("an unkeyed hash", (_unkeyed(body),), "signature_mismatch"),
                ("timestamp and body signed", (_with_timestamp(body),), "signature_mismatch"),
            ]
        ),
        # Its time is not now. What is signed counts; what is not, too.
        *(
            Case(name, changed, reason)
            for name, changed, reason in [
                ("stale", delivery(encoded(at=OLD), at=OLD), "timestamp_stale"),
                ("replayed under a new header", delivery(encoded(at=OLD)), "timestamp_stale"),
                ("a stale header over a fresh body", delivery(at=OLD), "timestamp_stale"),
                (
                    "a minute later under a new header",
                    delivery(encoded(at=NOW - timedelta(minutes=1))),
                    "timestamp_mismatch",
                ),
                ("from the future", delivery(encoded(at=EARLY), at=EARLY), "timestamp_future"),
                (
                    "a fresh header over a future body",
                    delivery(encoded(at=EARLY)),
                    "timestamp_future",
                ),
                ("a future header over a fresh body", delivery(at=EARLY), "timestamp_future"),
                ("no date at all", delivery(at="yesterday"), "timestamp_malformed"),
                ("no time zone", delivery(at="2026-06-11T18:24:09"), "timestamp_malformed"),
                (
                    "an HTTP date",
                    delivery(at="Thu 11 Jun 2026 18:24:09 GMT"),
                    "timestamp_malformed",
                ),
                ("minutes since the epoch", delivery(at="29687304"), "timestamp_malformed"),
                (
                    "a signed timestamp that is none",
                    delivery(_dated(body, "soon")),
                    "timestamp_malformed",
                ),
                (
                    "a signed timestamp that is a list",
                    delivery(_dated(body, [1])),
                    "timestamp_malformed",
                ),
            ]
        ),
        *(
            Case(name, good.with_header(header, *values), reason)
            for name, header, values, reason in [
                ("no timestamp", "X-Webhook-Timestamp", (), "timestamp_missing"),
                ("an empty timestamp", "X-Webhook-Timestamp", ("",), "timestamp_missing"),
                (
                    "two timestamps",
                    "X-Webhook-Timestamp",
                    (iso(NOW), iso(OLD)),
                    "timestamp_repeated",
                ),
                ("no event", "X-Webhook-Event", (), "event_missing"),
                ("an empty event", "X-Webhook-Event", ("",), "event_missing"),
                ("two events", "X-Webhook-Event", ("lead.created", "all"), "event_repeated"),
                ("another event", "X-Webhook-Event", ("lead.deleted",), "event_mismatch"),
                ("the event in capitals", "X-Webhook-Event", ("Lead.Created",), "event_mismatch"),
            ]
        ),
    ]


OLD, EARLY = NOW - timedelta(seconds=3601), NOW + timedelta(seconds=301)


def _upper(signed: str) -> str:
    return f"sha256={signed.removeprefix('sha256=').upper()}"


def _other_digit(signed: str) -> str:
    return signed[:-1] + ("0" if signed[-1] != "0" else "1")


def _base64(body: bytes) -> str:
    return base64.b64encode(hmac.new(SECRET.encode(), body, hashlib.sha256).digest()).decode()


def _unkeyed(body: bytes) -> str:
    return f"sha256={hashlib.sha256(body).hexdigest()}"


def _with_timestamp(body: bytes) -> str:
    return signature(f"{iso(NOW)}.".encode() + body)


def _dated(body: bytes, timestamp: Any) -> bytes:
    return json.dumps({**json.loads(body), "timestamp": timestamp}).encode()
