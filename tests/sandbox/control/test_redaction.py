"""Credentials in recorded requests."""

from __future__ import annotations

import pytest

from actuallycare_sandbox.control.redaction import redact_body, redact_headers, redact_query

SECRET = "marker-5ec2e7-secret"


@pytest.mark.parametrize(
    "name",
    [
        "secret",
        "pwd",
        "new_password",
        "refreshToken",
        "api_key",
        "apiKey",
        "key",
        "clientSecret",
        "passphrase",
        "private_key",
        "signingKey",
    ],
)
def test_redact_field_of_json(name: str) -> None:
    for text in (
        f'{{"{name}": "{SECRET}", "url": "http://127.0.0.1"}}',
        f'[{{"a": {{"{name}": ["{SECRET}"]}}, "url": "http://127.0.0.1"}}]',
        # An escape in the name means the same.
        f'{{"\\u{ord(name[0]):04x}{name[1:]}": "{SECRET}", "url": "http://127.0.0.1"}}',
    ):
        shown = redact_body(text)
        assert shown is not None
        assert SECRET not in shown
        assert "http://127.0.0.1" in shown


@pytest.mark.parametrize(
    "text",
    [
        f'{{"a": {{"password": "{SECRET}"}}, "a": 1}}',
        f'{{"password": "{SECRET}", "password": null}}',
        f'[{{"op": "replace", "path": "/password", "value": "{SECRET}"}}]',
        f'{{"name": "client_secret", "value": {{"a": "{SECRET}"}}}}',
    ],
)
def test_redact_what_a_later_or_another_member_hides(text: str) -> None:
    shown = redact_body(text)
    assert shown is not None
    assert SECRET not in shown


@pytest.mark.parametrize(
    "text",
    [
        f'{{"secret": "{SECRET}"',
        f"password: {SECRET}",
        f'--x\r\nContent-Disposition: form-data; name="password"\r\n\r\n{SECRET}\r\n--x--',
        f'{{"secret": "{SECRET}"}}'.encode("utf-16-le").decode(),
    ],
)
def test_drop_unknown_format_with_credential(text: str) -> None:
    assert redact_body(text) is None


@pytest.mark.parametrize(
    "text",
    [
        '{"name":  "Alfa",\n "notes": "The secret garden", "token": null}',
        '"text"',
        "not json",
        "",
        "status=active&planKey=pro&key_preview=abc",
    ],
)
def test_keep_other_text_as_received(text: str) -> None:
    assert redact_body(text) == text


def test_redact_pairs_of_query_and_form() -> None:
    query = f"limit=2&token={SECRET}&api%5Fkey={SECRET}&a=b=c&flag"
    shown = "limit=2&token=[redacted]&api%5Fkey=[redacted]&a=b=c&flag"
    assert redact_query(query) == shown
    assert redact_body(query) == shown


def test_shorten_headers() -> None:
    names = [b"x-api-key", b"authorization", b"cookie", b"proxy-authorization", b"x-auth-token"]
    shown = redact_headers([(name, SECRET.encode()) for name in names] + [(b"accept", b"*/*")])
    assert SECRET not in str(shown)
    assert shown["accept"] == "*/*"
