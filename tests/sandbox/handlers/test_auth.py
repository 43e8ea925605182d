"""Accounts, logins, tokens and sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from actuallycare_sandbox import Backend
from actuallycare_sandbox.data.query import Selection, where
from actuallycare_sandbox.samples.initial_state import PASSWORD
from tests.sandbox.conftest import connect

NEWCOMER = {
    "email": "New.Agent@example.com",
    "username": "New_Agent",
    "password": "Sandbox-1",
    "firstName": "Alfa",
    "lastName": "Sample",
}


async def login(client: httpx.AsyncClient, email: str = "broker@example.com") -> dict[str, Any]:
    response = await client.post("/auth/login", json={"email": email, "password": PASSWORD})
    assert response.status_code == 200
    data: dict[str, Any] = response.json()["data"]
    return data


def bearer(data: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {data['token']}"}


def error(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


@pytest.mark.asyncio
async def test_log_in_with_password(anonymous: httpx.AsyncClient) -> None:
    data = await login(anonymous, "Broker@Example.com")
    assert set(data) == {"token", "refreshToken", "expiresIn", "user"}
    assert data["user"]["role"] == "broker"
    assert not {"password_hash", "failed_logins", "locked_until"} & set(data["user"])
    verified = (await anonymous.get("/auth/verify", headers=bearer(data))).json()["data"]
    assert verified == {"user": data["user"]}
    username = {"username": "Broker", "password": PASSWORD}
    again = await anonymous.post("/auth/login", json=username)
    assert again.json()["data"]["user"] == data["user"]
    nobody = await anonymous.post("/auth/login", json={"password": PASSWORD})
    assert error(nobody) == (400, "VALIDATION_ERROR")


@pytest.mark.asyncio
async def test_store_hashes_of_passwords_and_keys(backend: Backend) -> None:
    stored = backend.store.snapshot()
    assert b"$argon2id$" in stored
    assert PASSWORD.encode() not in stored
    assert backend.example.api_key.encode() not in stored


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("email", "password"),
    [("nobody@example.com", PASSWORD), ("broker@example.com", "Wrong-Passw0rd")],
)
async def test_return_same_error_for_user_and_password(
    anonymous: httpx.AsyncClient, email: str, password: str
) -> None:
    response = await anonymous.post("/auth/login", json={"email": email, "password": password})
    assert error(response) == (401, "INVALID_CREDENTIALS")
    assert response.json()["error"]["message"] == "Invalid email or password"


@pytest.mark.asyncio
async def test_lock_account_after_failed_logins(
    anonymous: httpx.AsyncClient, backend: Backend
) -> None:
    wrong = {"email": "agent@example.com", "password": "Wrong-Passw0rd"}
    responses = [await anonymous.post("/auth/login", json=wrong) for _ in range(6)]
    assert [error(a) for a in responses] == [
        *[(401, "INVALID_CREDENTIALS")] * 4,
        *[(423, "ACCOUNT_LOCKED")] * 2,
    ]
    until = responses[-1].json()["error"]["details"]["locked_until"]
    right = {"email": "agent@example.com", "password": PASSWORD}
    refused = await anonymous.post("/auth/login", json=right)
    assert refused.json()["error"]["details"] == {"locked_until": until}
    backend.clock.advance(backend.settings.lock_seconds)
    assert (await anonymous.post("/auth/login", json=right)).status_code == 200


@pytest.mark.asyncio
async def test_reset_failed_logins_after_success(anonymous: httpx.AsyncClient) -> None:
    wrong = {"email": "agent@example.com", "password": "Wrong-Passw0rd"}
    for _ in range(2):
        for _ in range(4):
            assert (await anonymous.post("/auth/login", json=wrong)).status_code == 401
        await login(anonymous, "agent@example.com")


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("account", "expected"),
    [
        ("disabled", (401, "ACCOUNT_DISABLED")),
        ("suspended", (403, "ACCOUNT_SUSPENDED")),
    ],
)
async def test_reject_login_of_disabled_or_suspended_account(
    anonymous: httpx.AsyncClient, account: str, expected: tuple[int, str]
) -> None:
    body = {"email": f"{account}@example.com", "password": PASSWORD}
    assert error(await anonymous.post("/auth/login", json=body)) == expected


@pytest.mark.asyncio
async def test_limit_waitlisted_account_to_auth(anonymous: httpx.AsyncClient) -> None:
    headers = bearer(await login(anonymous, "waitlisted@example.com"))
    assert (await anonymous.get("/auth/profile", headers=headers)).status_code == 200
    for path in ("/listings", "/webhooks", "/billing/plans"):
        assert error(await anonymous.get(path, headers=headers)) == (403, "ACCOUNT_NOT_ACTIVE")


@pytest.mark.asyncio
async def test_reject_token_of_disabled_account(
    anonymous: httpx.AsyncClient, backend: Backend
) -> None:
    headers = bearer(await login(anonymous, "agent@example.com"))
    user = backend.store.first(Selection("users", (where("username", "agent"),)))
    assert user is not None
    backend.store.put("users", user | {"status": "disabled"})
    assert error(await anonymous.get("/listings", headers=headers)) == (401, "ACCOUNT_DISABLED")


@pytest.mark.asyncio
async def test_refresh_expired_access_token(anonymous: httpx.AsyncClient, backend: Backend) -> None:
    first = await login(anonymous)
    backend.clock.advance(first["expiresIn"])
    assert error(await anonymous.get("/listings", headers=bearer(first))) == (
        401,
        "UnauthorizedError",
    )
    response = await anonymous.post("/auth/refresh", json={"refreshToken": first["refreshToken"]})
    second = response.json()["data"]
    assert set(second) == {"token", "refreshToken", "expiresIn"}
    assert second["refreshToken"] != first["refreshToken"]
    assert (await anonymous.get("/listings", headers=bearer(second))).status_code == 200


@pytest.mark.asyncio
async def test_reject_used_refresh_token(anonymous: httpx.AsyncClient) -> None:
    used = {"refreshToken": (await login(anonymous))["refreshToken"]}
    assert (await anonymous.post("/auth/refresh", json=used)).status_code == 200
    assert error(await anonymous.post("/auth/refresh", json=used)) == (401, "UnauthorizedError")


@pytest.mark.asyncio
async def test_reject_expired_refresh_token(anonymous: httpx.AsyncClient, backend: Backend) -> None:
    token = {"refreshToken": (await login(anonymous))["refreshToken"]}
    backend.clock.advance(backend.settings.refresh_token_seconds)
    assert (await anonymous.post("/auth/refresh", json=token)).status_code == 401


@pytest.mark.asyncio
@pytest.mark.parametrize("named", [True, False])
async def test_end_one_session_at_logout(anonymous: httpx.AsyncClient, named: bool) -> None:
    here, there = await login(anonymous), await login(anonymous)
    body = {"refreshToken": there["refreshToken"]} if named else None
    ended, open_ = (there, here) if named else (here, there)
    response = await anonymous.post("/auth/logout", headers=bearer(here), json=body)
    assert response.json()["message"] == "Logged out successfully"
    assert (await anonymous.get("/auth/verify", headers=bearer(ended))).status_code == 401
    assert (await anonymous.get("/auth/verify", headers=bearer(open_))).status_code == 200
    refresh = {"refreshToken": ended["refreshToken"]}
    assert (await anonymous.post("/auth/refresh", json=refresh)).status_code == 401


@pytest.mark.asyncio
async def test_keep_session_of_another_user_at_logout(anonymous: httpx.AsyncClient) -> None:
    mine, theirs = await login(anonymous), await login(anonymous, "agent@example.com")
    body = {"refreshToken": theirs["refreshToken"]}
    await anonymous.post("/auth/logout", headers=bearer(mine), json=body)
    assert (await anonymous.get("/auth/verify", headers=bearer(theirs))).status_code == 200


@pytest.mark.asyncio
async def test_end_every_session_at_logout_all(anonymous: httpx.AsyncClient) -> None:
    mine, other = (
        [await login(anonymous) for _ in range(3)],
        await login(anonymous, "agent@example.com"),
    )
    await anonymous.post("/auth/logout-all", headers=bearer(mine[0]))
    for data in mine:
        assert (await anonymous.get("/auth/verify", headers=bearer(data))).status_code == 401
    assert (await anonymous.get("/auth/verify", headers=bearer(other))).status_code == 200


@pytest.mark.asyncio
async def test_list_sessions_and_mark_the_current_one(
    anonymous: httpx.AsyncClient,
) -> None:
    first, second = await login(anonymous), await login(anonymous)
    response = await anonymous.get("/auth/sessions", headers=bearer(first))
    sessions = response.json()["data"]["sessions"]
    assert [s["isCurrent"] for s in sessions] == [False, True]
    assert {s["ipAddress"] for s in sessions} == {"192.0.2.1"}
    assert not {"hash", "user_id"} & set(sessions[0])
    assert first["refreshToken"] not in response.text
    assert second["refreshToken"] not in response.text


@pytest.mark.asyncio
async def test_register_and_log_in(anonymous: httpx.AsyncClient) -> None:
    response = await anonymous.post("/auth/register", json=NEWCOMER)
    data = response.json()["data"]
    assert (response.status_code, data["status"], data["redirect"]) == (
        201,
        "active",
        "/onboarding",
    )
    user = data["user"]
    assert (user["email"], user["username"]) == ("new.agent@example.com", "new_agent")
    assert (user["role"], user["smsConsent"]) == ("agent", False)
    empty = (await anonymous.get("/clients", headers=bearer(data))).json()["data"]
    assert empty["clients"] == []
    assert empty["meta"] == {
        "page": 1,
        "limit": 25,
        "total": 0,
        "totalPages": 0,
        "hasMore": False,
    }


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "changed", [{"email": "other@example.com"}, {"username": "other"}, {"email": "BROKER@x.org"}]
)
async def test_reject_taken_email_or_username(
    anonymous: httpx.AsyncClient, changed: dict[str, str]
) -> None:
    assert (await anonymous.post("/auth/register", json=NEWCOMER)).status_code == 201
    assert error(await anonymous.post("/auth/register", json=NEWCOMER | changed)) == (
        409,
        "CONFLICT",
    )


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("password", "Short1"),
        ("password", "no-upper-case-1"),
        ("password", "No-Digit-Here"),
        ("username", "no spaces"),
        ("email", "nowhere"),
        ("role", "system_admin"),
    ],
)
async def test_reject_invalid_registration(
    anonymous: httpx.AsyncClient, field: str, value: str
) -> None:
    response = await anonymous.post("/auth/register", json=NEWCOMER | {field: value})
    assert error(response) == (400, "VALIDATION_ERROR")
    assert [d["field"] for d in response.json()["error"]["details"]] == [field]
    if field == "password":
        assert value not in response.text


@pytest.mark.asyncio
async def test_waitlist_new_accounts(
    make_backend: Callable[..., Backend],
) -> None:
    async with connect(make_backend(accept_new_users=False)) as anonymous:
        data = (await anonymous.post("/auth/register", json=NEWCOMER)).json()["data"]
        assert (data["status"], data["redirect"]) == ("waitlisted", "/waitlist")
        assert (await anonymous.get("/auth/profile", headers=bearer(data))).status_code == 200
        assert (await anonymous.get("/leads", headers=bearer(data))).status_code == 403


@pytest.mark.asyncio
async def test_require_phone_for_sms_consent(anonymous: httpx.AsyncClient) -> None:
    consent = NEWCOMER | {"smsConsent": True}
    data = (await anonymous.post("/auth/register", json=consent)).json()["data"]
    assert data["user"]["smsConsent"] is False
    body = {"phone": "(661) 555-0100", "smsConsent": True, "lastName": "Changed"}
    await anonymous.put("/auth/profile", headers=bearer(data), json=body)
    profile = (await anonymous.get("/auth/profile", headers=bearer(data))).json()["data"]["user"]
    assert (profile["smsConsent"], profile["lastName"]) == (True, "Changed")


@pytest.mark.asyncio
async def test_reject_token_of_another_server(
    anonymous: httpx.AsyncClient, make_backend: Callable[..., Backend]
) -> None:
    async with connect(make_backend()) as elsewhere:
        headers = bearer(await login(elsewhere))
    assert error(await anonymous.get("/listings", headers=headers)) == (401, "UnauthorizedError")


@pytest.mark.asyncio
async def test_end_every_session_at_reset(anonymous: httpx.AsyncClient, backend: Backend) -> None:
    headers = bearer(await login(anonymous))
    backend.reset()
    assert (await anonymous.get("/listings", headers=headers)).status_code == 401
