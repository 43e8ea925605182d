"""Tokens in the forms of other versions of the API, and the limit of refreshes."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from actuallycare import AsyncActuallyCare, DecodeError, Login, Request, Response
from actuallycare._core.auth.tokens import read_lifetime, read_tokens, refresh_cookie
from actuallycare._core.http import Headers
from tests.fakes import START, ManualClock, ScriptedTransport, failure, success


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (900, 900),
        ("900", 900),
        (899.5, 899.5),
        (" 900 ", 900),
        ("899.5", 899.5),
        ("900000ms", 900),
        ("900000 msecs", 900),
        ("1 millisecond", 0.001),
        ("30s", 30),
        ("30 secs", 30),
        ("15m", 900),
        ("15M", 900),
        ("15 min", 900),
        ("15 Minutes", 900),
        ("1.5h", 5_400),
        (".5h", 1_800),
        ("2 hrs", 7_200),
        ("30d", 2_592_000),
        ("7   days", 604_800),
        ("1w", 604_800),
        ("2 weeks", 1_209_600),
        ("1mo", 2_629_800),
        ("12 months", 31_557_600),
        ("1y", 31_557_600),
        ("1 YR", 31_557_600),
        ("2h30m", None),
        ("2h 30m", None),
        ("PT15M", None),
        ("15:00", None),
        ("1,5h", None),
        ("1.h", None),
        ("1e3", None),
        ("h", None),
        ("", None),
        ("0", None),
        ("0.0m", None),
        ("-1m", None),
        ("-900", None),
        (-900, None),
        (0, None),
        ("soon", None),
        ("15 parsecs", None),
        ("15\u00a0m", None),
        ("\u0661\u0665m", None),  # digits of another script
        (True, None),
        (None, None),
        ("9" * 400, None),
        ([900], None),
        ({"seconds": 900}, None),
    ],
)
def test_lifetimes_are_numbers_or_text(value: Any, seconds: float | None) -> None:
    assert read_lifetime(value) == seconds


@pytest.mark.parametrize(
    ("headers", "token"),
    [
        ([("Set-Cookie", "refreshToken=abc; HttpOnly; Secure")], "abc"),
        (
            [
                ("Set-Cookie", "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT"),
                ("Set-Cookie", "refreshToken=b%2Fc; Path=/"),
            ],
            "b/c",
        ),
        ([("Set-Cookie", 'refreshToken="abc"; Path=/')], "abc"),
        ([("set-cookie", "RefreshToken = abc;HttpOnly")], "abc"),
        ([("Set-Cookie", "refreshToken=old"), ("Set-Cookie", "refreshToken=abc")], "abc"),
        (
            [
                ("Set-Cookie", "refreshToken=; Path=/v1; Expires=Thu, 01 Jan 1970 00:00:00 GMT"),
                ("Set-Cookie", "refreshToken=abc; Path=/"),
            ],
            "abc",
        ),
        ([("Set-Cookie", "refreshToken=abc"), ("Set-Cookie", "refreshToken=; Path=/v1")], "abc"),
        ([("Set-Cookie", "refreshToken=; Max-Age=0")], None),
        ([("Set-Cookie", "refreshToken=deleted; Path=/; Max-Age=0")], None),
        (
            [
                ("Set-Cookie", "refreshToken=abc; Path=/; Max-Age=604800"),
                ("Set-Cookie", "refreshToken=no; Expires=Thu, 01 Jan 1970 00:00:00 GMT"),
            ],
            "abc",
        ),
        (
            [
                ("Set-Cookie", "refreshToken=abc; Path=/; Max-Age=604800"),
                ("Set-Cookie", "legacy=; Path=/; Max-Age=0"),
            ],
            "abc",
        ),
        (
            [
                ("Set-Cookie", "refreshToken=abc; Path=/"),
                ("Set-Cookie", "accessToken=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"),
            ],
            "abc",
        ),
        ([("Set-Cookie", "myrefreshToken=abc")], None),
        ([("Set-Cookie", "a=refreshToken=abc")], None),
        ([], None),
    ],
)
def test_the_refresh_token_of_a_cookie(headers: list[tuple[str, str]], token: str | None) -> None:
    found = refresh_cookie(Headers(headers).get("Set-Cookie", ""))
    assert (found and found.get_secret_value()) == token
    assert found is None or token not in repr(found)


def test_either_name_of_the_access_token() -> None:
    for name in ("token", "accessToken"):
        tokens = read_tokens({name: "a.b.c", "expiresIn": "15m"}, operation="x", now=START)
        assert tokens.access_token == "a.b.c"
        assert tokens.renew_at == START + timedelta(seconds=870)
    with pytest.raises(DecodeError):
        read_tokens({}, operation="x", now=START)


class CookieAccounts(ScriptedTransport):
    """An API that rotates the refresh token in a cookie only, and takes the newest one alone."""

    def __init__(self) -> None:
        super().__init__(self.handle)
        self.issued = 0
        self.calls: list[tuple[str, Any]] = []

    def handle(self, request: Request) -> Response:
        name = request.operation.name
        assert "Cookie" not in request.wire_headers()
        if not name.startswith("auth."):
            return success({"contacts": []})
        body = json.loads(request.content or b"{}")
        self.calls.append((name, body))
        if name == "auth.refresh" and body["refreshToken"] != f"refresh-{self.issued}":
            return failure(401, "INVALID_REFRESH_TOKEN")
        self.issued += 1
        data = {"accessToken": f"access.{self.issued}", "expiresIn": "15m"}
        cookie = {"Set-Cookie": f"refreshToken=refresh-{self.issued}; HttpOnly; Path=/"}
        content = json.dumps({"success": True, "data": data}).encode()
        return Response(200, Headers(cookie.items()), content)


@pytest.mark.anyio
async def test_a_refresh_token_in_a_cookie_is_used_once_and_replaced(clock: ManualClock) -> None:
    api = CookieAccounts()
    async with AsyncActuallyCare(
        token=Login("sample_agent", "Sample-Passw0rd"), transport=api, clock=clock
    ) as client:
        for _ in range(4):
            await client.contacts.list()
            clock.elapsed += 900
    assert [name for name, _ in api.calls] == ["auth.login", *["auth.refresh"] * 3]
    assert api.calls[0][1] == {"username": "sample_agent", "password": "Sample-Passw0rd"}


class RejectingAccounts(ScriptedTransport):
    """An API that rejects each access token that it issues."""

    def __init__(self, clock: ManualClock) -> None:
        super().__init__(self.handle)
        self.clock = clock
        self.refreshes: list[float] = []

    def handle(self, request: Request) -> Response:
        if not request.operation.name.startswith("auth."):
            return failure(401, "UnauthorizedError")
        if request.operation.name == "auth.refresh":
            self.refreshes.append(self.clock.monotonic())
        number = len(self.refreshes)
        return success({"token": f"a.{number}", "refreshToken": f"r{number}", "expiresIn": 900})


@pytest.mark.anyio
async def test_refreshes_stay_within_30_a_minute(clock: ManualClock) -> None:
    api = RejectingAccounts(clock)
    login = Login("sample@example.com", "Sample-Passw0rd")
    async with AsyncActuallyCare(token=login, transport=api, clock=clock) as client:
        for _ in range(45):
            with pytest.raises(Exception, match="401"):
                await client.contacts.list()
    times = api.refreshes
    assert len(times) == 45
    assert all(late - early >= 60 for early, late in zip(times, times[30:], strict=False))
