"""How tokens are read and when they are renewed: tables of values, without a client."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import pytest

from actuallycare import DecodeError
from actuallycare._core.auth.tokens import Tokens, is_valid, jwt_lifetime, read_tokens
from actuallycare._core.secret import Secret
from tests.fakes import START

NOW = START.timestamp()


def jwt(claims: Any) -> str:
    """Return a JWT with these claims. The padding is left out, as RFC 7515 asks."""
    part = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"header.{part}.signature"


@pytest.mark.parametrize("pad", ["", "x", "xx", "xxx"])
def test_a_jwt_of_any_length_has_its_lifetime(pad: str) -> None:
    token = jwt({"exp": 1_900, "iat": 1_000, "sub": pad})
    assert jwt_lifetime(token, now=START) == 900


@pytest.mark.parametrize(
    ("claims", "seconds"),
    [
        ({"exp": 1_900, "iat": 1_000}, 900),
        ({"exp": NOW + 60}, 60),
        ({"exp": NOW + 60, "iat": "then"}, 60),
        ({"exp": 1_000, "iat": 1_000.5}, None),
        ({"exp": 2, "iat": 1.5}, 0.5),
        ({"exp": 1, "iat": 0.5}, 0.5),
        ({"exp": NOW - 1}, None),
        ({"exp": True}, None),
        ({"exp": "1900"}, None),
        ({"iat": 1_000}, None),
        (["exp"], None),
        (None, None),
    ],
)
def test_the_lifetime_is_counted_from_the_issue(claims: Any, seconds: float | None) -> None:
    assert jwt_lifetime(jwt(claims), now=START) == seconds


@pytest.mark.parametrize("token", ["", "opaque", "a.b.c", "a.!!!.c", "a.bm8.c"])
def test_another_token_has_no_known_lifetime(token: str) -> None:
    assert jwt_lifetime(token, now=START) is None


@pytest.mark.parametrize(
    ("lifetime", "early"),
    [(900, 30), (300, 30), (299, 29.9), (200, 20), (10, 1), (1, 0.1)],
)
def test_tokens_are_renewed_before_they_expire(lifetime: float, early: float) -> None:
    tokens = read_tokens({"token": "a.b.c", "expiresIn": lifetime}, operation="x", now=START)
    assert tokens.renew_at == START + timedelta(seconds=lifetime - early)


@pytest.mark.parametrize("unreadable", ["2h30m", "soon", "", 0, -1, None, [], {}])
def test_the_claims_count_where_the_lifetime_cannot_be_read(unreadable: Any) -> None:
    data = {"token": jwt({"exp": NOW + 900}), "expiresIn": unreadable}
    assert read_tokens(data, operation="x", now=START).renew_at == START + timedelta(seconds=870)
    opaque = read_tokens({"token": "a.b.c", "expiresIn": unreadable}, operation="x", now=START)
    assert opaque.renew_at is None  # a 401 will say when it has expired


def test_the_claims_count_where_the_payload_is_silent() -> None:
    tokens = read_tokens({"token": jwt({"exp": NOW + 900})}, operation="x", now=START)
    assert tokens.renew_at == START + timedelta(seconds=870)
    assert read_tokens({"token": "a.b.c"}, operation="x", now=START) == Tokens("a.b.c", None)


PREVIOUS = Tokens("old.old.old", "previous")


@pytest.mark.parametrize(
    ("data", "cookie", "previous", "expected"),
    [
        ({"refreshToken": "body"}, "cookie", PREVIOUS, "body"),
        ({}, "cookie", PREVIOUS, "cookie"),
        ({}, None, PREVIOUS, "previous"),
        ({}, None, None, None),
        ({"refreshToken": 5}, None, PREVIOUS, "previous"),
        # UTF-8 cannot encode half of a surrogate pair, so it cannot be sent.
        ({"refreshToken": "\ud800"}, None, PREVIOUS, "previous"),
        ({"refreshToken": "\ud800"}, None, None, None),
    ],
)
def test_which_refresh_token_is_kept(
    data: dict[str, Any], cookie: str | None, previous: Tokens | None, expected: str | None
) -> None:
    found = read_tokens(
        {"token": "a.b.c", **data},
        operation="x",
        now=START,
        previous=previous,
        cookie=None if cookie is None else Secret(cookie),
    )
    assert found.refresh_token == expected


@pytest.mark.parametrize("data", [None, [], "a.b.c", {}, {"token": 5}, {"token": "two words"}])
def test_a_payload_without_a_token_is_an_error(data: Any) -> None:
    with pytest.raises(DecodeError) as caught:
        read_tokens(data, operation="auth.login", now=START)
    error = caught.value
    assert (error.operation, error.field, error.excerpt) == ("auth.login", "data.token", "")
    assert "expected a JWT" in str(error)


@pytest.mark.parametrize(
    ("tokens", "rejected", "valid"),
    [
        (None, None, False),
        (Tokens("a.b.c", None), None, True),
        (Tokens("a.b.c", None), "a.b.c", False),
        (Tokens("a.b.c", None), "other", True),
        (Tokens("a.b.c", None, START), None, False),
        (Tokens("a.b.c", None, START + timedelta(seconds=1)), None, True),
    ],
)
def test_which_tokens_a_request_uses(
    tokens: Tokens | None, rejected: str | None, valid: bool
) -> None:
    secret = None if rejected is None else Secret(rejected)
    assert is_valid(tokens, secret, START) is valid
