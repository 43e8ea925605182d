"""A genuine delivery is accepted, a tampered one is rejected with its own reason."""

from __future__ import annotations

import json
import math
import pickle
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from email.message import Message
from pathlib import Path
from typing import Any, get_args

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from actuallycare import ActuallyCareError, ConfigurationError, webhooks
from actuallycare.webhooks import (
    CLOCK_SKEW,
    TOLERANCE,
    VerificationReason,
    WebhookVerificationError,
    sign,
    unwrap,
    verify,
)
from actuallycare.webhooks.errors import MESSAGES
from actuallycare.webhooks.secret import SigningSecrets, read_secrets
from actuallycare.webhooks.verification import check, parse_timestamp
from tests.secrets.search import shown_by
from tests.webhooks.deliveries import (
    NOW,
    OTHER,
    SECRET,
    Case,
    Delivery,
    delivery,
    encoded,
    signature,
    tampered,
)

TAMPERED = tampered()
SDK = str(Path(webhooks.__file__).parent)


def shown_by_sdk(error: BaseException) -> list[str]:
    """What an exception shows, from the SDK's first frame on: the callers are these tests."""
    frames = error.__traceback__
    while frames is not None and not frames.tb_frame.f_code.co_filename.startswith(SDK):
        frames = frames.tb_next
    assert frames is not None
    return shown_by(error.with_traceback(frames))


def refused(given: Delivery, secret: Any = SECRET, **options: Any) -> WebhookVerificationError:
    with pytest.raises(WebhookVerificationError) as caught:
        verify(given.body, given.headers, secret, **{"now": NOW, **options})
    return caught.value


@pytest.mark.parametrize("case", TAMPERED, ids=lambda case: case.name)
def test_a_tampered_delivery_is_rejected_with_its_reason(case: Case) -> None:
    error = refused(case.delivery)
    assert error.reason == case.reason
    assert str(error) == f"{MESSAGES[error.reason]}."
    assert isinstance(error, ActuallyCareError)
    assert shown_by_sdk(error) == []
    assert pickle.loads(pickle.dumps(error)).reason == case.reason  # noqa: S301


def test_the_table_covers_every_reason_with_tampered_cases() -> None:
    reasons = {case.reason for case in TAMPERED}
    assert reasons == set(get_args(VerificationReason)) == set(MESSAGES)
    assert len(TAMPERED) == len({case.delivery for case in TAMPERED}) > 50
    assert delivery() not in {case.delivery for case in TAMPERED}


def test_a_genuine_delivery_is_accepted() -> None:
    good = delivery()
    verify(good.body, good.headers, SECRET, now=NOW)
    assert sign(good.body, SECRET) == good.header("X-Webhook-Signature")


def _ascii_pairs(good: Delivery) -> list[tuple[bytes, bytes]]:
    return [(k.lower().encode(), v.encode()) for k, v in good.headers]


def _message(good: Delivery) -> Message:
    message = Message()
    for name, value in good.headers:
        message[name] = value
    return message


HEADERS: dict[str, Callable[[Delivery], Any]] = {
    "a dict": lambda good: dict(good.headers),
    "a dict in lower case": lambda good: {k.lower(): v for k, v in good.headers},
    "pairs of bytes, as in ASGI": _ascii_pairs,
    "Starlette": lambda good: Headers(raw=_ascii_pairs(good)),
    "httpx": lambda good: httpx.Headers(list(good.headers)),
    "http.server": _message,
}


@pytest.mark.parametrize("kind", HEADERS)
def test_headers_of_every_framework_are_read(kind: str) -> None:
    good = delivery()
    verify(good.body, HEADERS[kind](good), SECRET, now=NOW)
    if not kind.startswith("a dict"):
        signed = good.header("X-Webhook-Signature")
        twice = good.with_header("X-Webhook-Signature", signed, signed)
        with pytest.raises(WebhookVerificationError) as caught:
            verify(twice.body, HEADERS[kind](twice), SECRET, now=NOW)
        assert caught.value.reason == "signature_repeated"


@pytest.mark.parametrize(
    "secrets", [[OTHER, SECRET], (SECRET, OTHER), [b"x" * 10, SECRET.encode()]]
)
def test_while_a_secret_is_rotated_either_signs(secrets: Any) -> None:
    good = delivery()
    verify(good.body, good.headers, secrets, now=NOW)
    assert refused(delivery(secret="a third one entirely"), secrets).reason == "signature_mismatch"


@pytest.mark.parametrize(
    "secret", ["", "ninechars", [], [SECRET, ""], [None], 5 * [b"short"], None, 5], ids=repr
)
def test_an_invalid_secret_is_rejected_without_showing_it(secret: Any) -> None:
    good = delivery()
    with pytest.raises(ConfigurationError) as caught:
        verify(good.body, good.headers, secret, now=NOW)
    assert "secret" in str(caught.value)
    assert shown_by_sdk(caught.value) == []


@pytest.mark.parametrize("body", ["text", {"event": "lead.created"}, None], ids=repr)
def test_a_decoded_or_parsed_body_is_a_type_error(body: Any) -> None:
    with pytest.raises(TypeError) as caught:
        verify(body, delivery().headers, SECRET)
    assert shown_by_sdk(caught.value) == []


@pytest.mark.parametrize("headers", [None, 5, [("one",)]], ids=repr)
def test_headers_that_are_none_do_not_show_the_secret(headers: Any) -> None:
    with pytest.raises((TypeError, ValueError)) as caught:
        unwrap(encoded(), headers, SECRET)
    assert shown_by_sdk(caught.value) == []


@pytest.mark.parametrize(
    ("age", "options", "reason"),
    [
        (0, {}, None),
        (TOLERANCE, {}, None),
        (TOLERANCE + 0.001, {}, "timestamp_stale"),
        (-300, {}, None),
        (-300.001, {}, "timestamp_future"),
        (11, {"tolerance": 10}, "timestamp_stale"),
        (1e9, {"tolerance": None}, None),
        (-1, {"clock_skew": 0}, "timestamp_future"),
        (-1e6, {"tolerance": None}, "timestamp_future"),
    ],
)
def test_how_old_a_delivery_may_be(age: float, options: dict[str, Any], reason: str | None) -> None:
    good, now = delivery(), NOW + timedelta(seconds=age)
    if reason is None:
        verify(good.body, good.headers, SECRET, now=now, **options)
    else:
        assert refused(good, now=now, **options).reason == reason


def test_without_a_time_it_is_this_machines() -> None:
    now = datetime.now(UTC)
    fresh = delivery(encoded(at=now), at=now)
    verify(fresh.body, fresh.headers, SECRET)
    with pytest.raises(WebhookVerificationError) as caught:
        verify(encoded(), delivery().headers, SECRET)
    assert caught.value.reason == "timestamp_stale"


def test_a_new_header_over_an_old_body_is_a_replay_unless_allowed() -> None:
    recent = encoded(at=NOW - timedelta(minutes=20))
    repeated = delivery(recent, at=NOW - timedelta(minutes=20))
    verify(repeated.body, repeated.headers, SECRET, now=NOW)
    replayed = delivery(recent, at=NOW)
    assert refused(replayed).reason == "timestamp_mismatch"
    verify(replayed.body, replayed.headers, SECRET, now=NOW, match_timestamp=False)
    unwrap(replayed.body, replayed.headers, SECRET, now=NOW, match_timestamp=False)
    seconds = delivery(encoded(at=NOW), at=str(int(NOW.timestamp())))
    verify(seconds.body, seconds.headers, SECRET, now=NOW)


def test_a_test_event_and_the_team_of_an_event() -> None:
    at = NOW.isoformat()
    value = {"event": "webhook.test", "data": {"test": True, "message": "m"}, "timestamp": at}
    body = json.dumps({**value, "team_id": "t1"}).encode()
    test = delivery(body, event="webhook.test", at=NOW)
    event = unwrap(test.body, test.headers, SECRET, now=NOW)
    assert (event.is_test, event.team_id, event.data) == (True, "t1", value["data"])
    for team, read in [(7, "7"), (None, None), (True, None), ({"id": 1}, None)]:
        whole = json.dumps({**value, "team_id": team}).encode()
        assert webhooks.parse(whole).team_id == read
    usual = webhooks.parse(encoded())
    assert (usual.is_test, usual.team_id) == (False, None)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2026-06-11T18:24:09.123Z", NOW),
        ("2026-06-11T18:24:09.123+00:00", NOW),
        ("2026-06-11T20:24:09.123+02:00", NOW.astimezone(timezone(timedelta(hours=2)))),
        ("1781202249123", NOW),
        (1781202249123, NOW),
        ("1781202249", NOW.replace(microsecond=0)),
        (1781202249, NOW.replace(microsecond=0)),
        ("1781202249.123", NOW),
        (1781202249.123, NOW),
        ("1781202249123.0", NOW),
        ("1781202249.1230009", NOW),
        (1781202249.0, NOW.replace(microsecond=0)),
        ("1781202249.", None),
        ("178120224.9123", None),
        (1781202249123000, None),
        (True, None),
        (1.5, None),
        (-1, None),
        (float("nan"), None),
        (1e300, None),
        ("", None),
        ("20260611", None),
        ("2026-06-11", None),
        ("１７８１２０２２４９", None),
        (None, None),
        ({}, None),
    ],
)
def test_how_timestamps_are_read(given: Any, expected: datetime | None) -> None:
    assert parse_timestamp(given) == expected


@pytest.mark.parametrize("body", [b"[]", b"null", b"{}", b"1"])
def test_a_signed_body_of_any_shape_is_genuine(body: bytes) -> None:
    # What it means is for `parse` to say.
    odd = delivery(body)
    verify(odd.body, odd.headers, SECRET, now=NOW)


anything = st.one_of(st.text(), st.sampled_from([h[1] for h in delivery().headers]))
names = st.one_of(st.text(), st.sampled_from([h[0] for h in delivery().headers]))


@given(body=st.binary(), headers=st.lists(st.tuples(names, anything)), now=st.datetimes())
def test_nothing_that_arrives_crashes_it(
    body: bytes, headers: list[tuple[str, str]], now: datetime
) -> None:
    with pytest.raises(WebhookVerificationError):
        verify(body, headers, SECRET, now=now.replace(tzinfo=UTC))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(
    body=st.one_of(
        st.binary(min_size=1),
        st.fixed_dictionaries({}, optional={"event": json_values, "timestamp": json_values}).map(
            lambda value: json.dumps(value).encode()
        ),
    ),
    at=st.one_of(st.text(), st.datetimes(timezones=st.timezones()).map(datetime.isoformat)),
)
def test_a_signed_request_is_verified_whatever_it_contains(body: bytes, at: str) -> None:
    odd = delivery(body, at=at)
    secrets = read_secrets(SECRET)
    assert isinstance(secrets, SigningSecrets)
    reason = check(
        odd.body, odd.headers, secrets, tolerance=TOLERANCE, clock_skew=CLOCK_SKEW, now=NOW
    )
    assert reason is None or reason.startswith(("timestamp", "event", "body"))


@given(body=st.binary(min_size=1), at=st.integers(0), bit=st.integers(0, 7))
def test_any_bit_that_changes_is_noticed(body: bytes, at: int, bit: int) -> None:
    at %= len(body)
    changed = body[:at] + bytes([body[at] ^ 1 << bit]) + body[at + 1 :]
    assert refused(delivery(body).with_body(changed)).reason == "signature_mismatch"


@given(secret=st.text(min_size=10), body=st.binary())
def test_sign_matches_the_vendors_examples(secret: str, body: bytes) -> None:
    try:
        secret.encode()
    except UnicodeEncodeError:
        return
    assert sign(body, secret) == signature(body, secret)


@pytest.mark.parametrize("name", ["tolerance", "clock_skew"])
@pytest.mark.parametrize("value", [math.nan, -1.0], ids=["nan", "negative"])
def test_a_bound_that_bounds_nothing_is_rejected(name: str, value: float) -> None:
    sent = delivery()
    for receive in (webhooks.verify, webhooks.unwrap):
        with pytest.raises(ConfigurationError, match=name):
            receive(sent.body, sent.headers, SECRET, now=NOW, **{name: value})


NO_JSON = [b"not json", b"\xff\xfe", b"{", b'{"event": ', b"[" * 100_000]


@pytest.mark.parametrize("body", NO_JSON, ids=range(len(NO_JSON)))
def test_a_body_whose_timestamp_cannot_be_read_is_rejected(body: bytes) -> None:
    sent = delivery(body)
    with pytest.raises(webhooks.WebhookVerificationError) as caught:
        webhooks.verify(sent.body, sent.headers, SECRET, now=NOW)
    assert caught.value.reason == "body_malformed"
    webhooks.verify(sent.body, sent.headers, SECRET, now=NOW, tolerance=None)
