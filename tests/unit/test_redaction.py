"""Credentials by the names of fields, headers and parameters."""

from __future__ import annotations

from typing import Any

import pytest

from actuallycare._core.secret import (
    find_secrets,
    is_credential_name,
    redact_headers,
    redact_url,
    wrap_credentials,
)

NAMES = [
    "password", "newPassword", "client_secret", "accessToken", "tokens", "Set-Cookie", "api_key",
    "X-API-Key", "access_key", "privateKey", "Authorization", "passphrase", "otp", "jwt",
]  # fmt: skip
OTHERS = ["token_count", "cookie_consent", "address", "keyword", "shipping", "page", "author"]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_credentials(name: str) -> None:
    assert is_credential_name(name)
    assert redact_url(f"/x?a=1&{name}=v") == f"/x?a=1&{name}=[redacted]"
    assert redact_headers({name: "v"}) == {name: "[redacted]"}


@pytest.mark.parametrize("name", OTHERS)
def test_other_names(name: str) -> None:
    assert not is_credential_name(name)
    assert redact_url(f"/x?{name}=v") == f"/x?{name}=v"


def test_an_encoded_name_and_a_long_query_are_read() -> None:
    assert redact_url("/x?pass%77ord=v") == "/x?pass%77ord=[redacted]"
    assert redact_url("/x" + "?" * 20_000) == "/x" + "?" * 20_000


@pytest.mark.parametrize(
    "body",
    [
        {"password": "hunter2x"},
        {"credentials": {"user": "hunter2x"}},
        {"tokens": ["hunter2x"]},
        [{"secret": [{"value": "hunter2x"}]}],
    ],
)
def test_everything_below_a_name_is_wrapped(body: Any) -> None:
    wrapped = wrap_credentials(body)
    assert "hunter2x" not in repr(wrapped)
    assert [secret.get_secret_value() for secret in find_secrets(wrapped)] == ["hunter2x"]


def test_other_values_are_unchanged() -> None:
    body = {"name": "Sample", "count": 5, "token_count": "7", "list": [1, None]}
    assert wrap_credentials(body) == body
