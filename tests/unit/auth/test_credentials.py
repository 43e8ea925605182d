"""Credentials: checked before use, chosen by operation, shown nowhere."""

from __future__ import annotations

import pickle

import pytest

from actuallycare import ConfigurationError
from actuallycare._core.auth.credentials import (
    Credentials,
    FixedSource,
    check_api_key,
    check_token,
    select_scheme,
)
from actuallycare._core.http import AuthHeader
from actuallycare._core.operation import Operation, Scheme
from actuallycare._core.secret import Secret

KEY = FixedSource(Secret("ab" * 32))
JWT = FixedSource(Secret("header.payload.signature"))


def operation(*auth: Scheme) -> Operation:
    return Operation("api_keys.list", "GET", "/api-keys", auth=auth)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ab" * 31,
        "zz" * 32,
        "sk_" + "ab" * 32,
        "４" * 64,
    ],
)
def test_a_malformed_key_is_rejected_without_showing_it(text: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        check_api_key(Secret(text))
    assert not text or text not in str(caught.value)


@pytest.mark.parametrize("text", ["", "Bearer abc", "abc\r\nX-Evil: 1", "schlüssel", "a\x00b"])
def test_a_malformed_token_is_rejected_without_showing_it(text: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        check_token(Secret(text))
    assert not text or text not in str(caught.value)


@pytest.mark.parametrize("text", ["ab" * 32, "AB" * 32, "0123456789abcdefABCDEF" + "0" * 42])
def test_a_well_formed_key_passes(text: str) -> None:
    assert check_api_key(Secret(text)).get_secret_value() == text


CHOICES: list[tuple[tuple[Scheme, ...], Credentials, str | None]] = [
    (("key", "bearer"), Credentials(KEY), "key"),
    (("key", "bearer"), Credentials(KEY, JWT), "key"),
    (("key", "bearer"), Credentials(None, JWT), "bearer"),
    (("bearer",), Credentials(KEY, JWT), "bearer"),
    (("key",), Credentials(KEY, JWT), "key"),
    ((), Credentials(KEY, JWT), None),
    ((), Credentials(), None),
]


@pytest.mark.parametrize(("auth", "credentials", "scheme"), CHOICES)
def test_each_operation_gets_what_it_accepts(
    auth: tuple[Scheme, ...], credentials: Credentials, scheme: str | None
) -> None:
    assert select_scheme(operation(*auth), credentials) == scheme


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("scheme", "header"),
    [
        ("key", AuthHeader("X-API-Key", KEY.secret)),
        ("bearer", AuthHeader("Authorization", JWT.secret, "Bearer ")),
        (None, None),
    ],
)
async def test_each_scheme_has_its_header(scheme: Scheme | None, header: AuthHeader | None) -> None:
    assert await Credentials(KEY, JWT).header(scheme) == header


@pytest.mark.parametrize(
    ("auth", "credentials", "message"),
    [
        (("bearer",), Credentials(KEY), "needs a JWT and only an API key was given"),
        (("bearer",), Credentials(), "needs a JWT and none was given"),
        (("key", "bearer"), Credentials(), "ACTUALLYCARE_API_KEY"),
        (("key",), Credentials(None, JWT), "pass api_key="),
    ],
)
def test_a_missing_credential_is_named(
    auth: tuple[Scheme, ...], credentials: Credentials, message: str
) -> None:
    with pytest.raises(ConfigurationError, match=message) as caught:
        select_scheme(operation(*auth), credentials)
    assert "api_keys.list (GET /api-keys)" in str(caught.value)


def test_a_secret_shows_nowhere() -> None:
    for text in (
        repr(KEY.secret),
        str(KEY.secret),
        f"{KEY.secret}",
        repr(KEY),
        f"{Credentials(KEY, JWT)!r}",
    ):
        assert "abab" not in text
        assert "signature" not in text
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(KEY.secret)
