"""Credentials: checked before use, chosen by operation, shown nowhere."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from actuallycare import ConfigurationError
from actuallycare._core.auth.credentials import (
    CallableSource,
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


async def number() -> Any:
    return 5


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


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("", "it is empty"),
        ("ab", "it has 2 characters"),
        ("ab" * 32 + "a", "it has 65 characters"),
        ("zz" * 32, "it has characters that are not hexadecimal"),
    ],
)
def test_the_message_names_what_is_wrong_with_a_key(value: str, problem: str) -> None:
    with pytest.raises(ConfigurationError, match=f"is malformed: {problem}; 64 hexadecimal"):
        check_api_key(Secret(value))


@pytest.mark.anyio
async def test_a_rejected_value_reaches_its_source() -> None:
    asked: list[Secret | None] = []

    class Source:
        async def get(self, rejected: Secret | None = None) -> Secret:
            asked.append(rejected)
            return Secret("next")

    credentials = Credentials(Source(), Source())
    rejected = AuthHeader("X-API-Key", Secret("before"))
    assert await credentials.header("key", rejected=rejected)
    assert await credentials.header("bearer", rejected=rejected)
    assert await credentials.header("bearer")
    assert asked == [rejected.value, rejected.value, None]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("provider", "message"),
    [
        (
            lambda: "abc",
            r"passed as token= does not return an awaitable: define it with `async def`\.",
        ),
        (number, r"passed as token= returned int; a str was expected\."),
    ],
)
async def test_a_provider_of_the_wrong_kind_is_explained(provider: Any, message: str) -> None:
    source = CallableSource("token", provider, check_token)
    with pytest.raises(ConfigurationError, match=message):
        await source.get()


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
