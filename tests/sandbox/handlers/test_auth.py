"""Accounts, logins, tokens and sessions."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
import pytest_asyncio

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
    answer = await client.post("/auth/login", json={"email": email, "password": PASSWORD})
    assert answer.status_code == 200
    data: dict[str, Any] = answer.json()["data"]
    return data


def bearer(data: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {data['token']}"}


def error(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


@pytest_asyncio.fixture
async def guest(backend: Backend) -> AsyncIterator[httpx.AsyncClient]:
    async with connect(backend) as client:
        yield client


async def test_a_login_gives_tokens_and_the_user(guest: httpx.AsyncClient) -> None:
    data = await login(guest, "Broker@Example.com")
    assert set(data) == {"token", "refreshToken", "expiresIn", "user"}
    assert data["user"]["role"] == "broker"
    assert not {"password_hash", "failed_logins", "locked_until"} & set(data["user"])
    verified = (await guest.get("/auth/verify", headers=bearer(data))).json()["data"]
    assert verified == {"valid": True, "user": data["user"]}


async def test_passwords_and_keys_are_stored_as_hashes(backend: Backend) -> None:
    stored = backend.store.snapshot()
    assert b"$argon2id$" in stored
    assert PASSWORD.encode() not in stored
    assert backend.example.api_key.encode() not in stored


@pytest.mark.parametrize(
    ("email", "password"),
    [("nobody@example.com", PASSWORD), ("broker@example.com", "Wrong-Passw0rd")],
)
async def test_an_unknown_user_and_a_wrong_password_look_alike(
    guest: httpx.AsyncClient, email: str, password: str
) -> None:
    answer = await guest.post("/auth/login", json={"email": email, "password": password})
    assert error(answer) == (401, "INVALID_CREDENTIALS")
    assert answer.json()["error"]["message"] == "Invalid email or password"


async def test_failed_logins_lock_the_account_until_the_lock_ends(
    guest: httpx.AsyncClient, backend: Backend
) -> None:
    wrong = {"email": "agent@example.com", "password": "Wrong-Passw0rd"}
    answers = [await guest.post("/auth/login", json=wrong) for _ in range(6)]
    assert [error(a) for a in answers] == [
        *[(401, "INVALID_CREDENTIALS")] * 4,
        *[(423, "ACCOUNT_LOCKED")] * 2,
    ]
    until = answers[-1].json()["error"]["details"]["locked_until"]
    right = {"email": "agent@example.com", "password": PASSWORD}
    refused = await guest.post("/auth/login", json=right)
    assert refused.json()["error"]["details"] == {"locked_until": until}
    backend.clock.advance(backend.settings.lock_seconds)
    assert (await guest.post("/auth/login", json=right)).status_code == 200


async def test_a_right_password_forgets_the_wrong_ones(guest: httpx.AsyncClient) -> None:
    wrong = {"email": "agent@example.com", "password": "Wrong-Passw0rd"}
    for _ in range(2):
        for _ in range(4):
            assert (await guest.post("/auth/login", json=wrong)).status_code == 401
        await login(guest, "agent@example.com")


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        ("disabled", (401, "ACCOUNT_DISABLED")),
        ("suspended", (403, "ACCOUNT_SUSPENDED")),
    ],
)
async def test_accounts_that_may_not_log_in(
    guest: httpx.AsyncClient, account: str, expected: tuple[int, str]
) -> None:
    body = {"email": f"{account}@example.com", "password": PASSWORD}
    assert error(await guest.post("/auth/login", json=body)) == expected


async def test_a_waitlisted_account_reaches_only_auth(guest: httpx.AsyncClient) -> None:
    headers = bearer(await login(guest, "waitlisted@example.com"))
    assert (await guest.get("/auth/profile", headers=headers)).status_code == 200
    for path in ("/listings", "/webhooks", "/billing/plans"):
        assert error(await guest.get(path, headers=headers)) == (403, "ACCOUNT_NOT_ACTIVE")


async def test_an_account_that_is_disabled_later_is_out_at_once(
    guest: httpx.AsyncClient, backend: Backend
) -> None:
    headers = bearer(await login(guest, "agent@example.com"))
    user = backend.store.first(Selection("users", (where("username", "agent"),)))
    assert user is not None
    backend.store.put("users", user | {"status": "disabled"})
    assert error(await guest.get("/listings", headers=headers)) == (401, "ACCOUNT_DISABLED")


async def test_an_access_token_expires_and_a_refresh_token_brings_the_next(
    guest: httpx.AsyncClient, backend: Backend
) -> None:
    first = await login(guest)
    backend.clock.advance(first["expiresIn"])
    assert error(await guest.get("/listings", headers=bearer(first))) == (401, "UnauthorizedError")
    answer = await guest.post("/auth/refresh", json={"refreshToken": first["refreshToken"]})
    second = answer.json()["data"]
    assert set(second) == {"token", "refreshToken", "expiresIn"}
    assert second["refreshToken"] != first["refreshToken"]
    assert (await guest.get("/listings", headers=bearer(second))).status_code == 200


async def test_a_used_refresh_token_is_refused(guest: httpx.AsyncClient) -> None:
    used = {"refreshToken": (await login(guest))["refreshToken"]}
    assert (await guest.post("/auth/refresh", json=used)).status_code == 200
    assert error(await guest.post("/auth/refresh", json=used)) == (401, "UnauthorizedError")


async def test_a_refresh_token_expires(guest: httpx.AsyncClient, backend: Backend) -> None:
    token = {"refreshToken": (await login(guest))["refreshToken"]}
    backend.clock.advance(backend.settings.refresh_token_seconds)
    assert (await guest.post("/auth/refresh", json=token)).status_code == 401


@pytest.mark.parametrize("named", [True, False])
async def test_a_logout_ends_one_session(guest: httpx.AsyncClient, named: bool) -> None:
    here, there = await login(guest), await login(guest)
    body = {"refreshToken": there["refreshToken"]} if named else None
    ended, open_ = (there, here) if named else (here, there)
    answer = await guest.post("/auth/logout", headers=bearer(here), json=body)
    assert answer.json()["message"] == "Logged out successfully"
    assert (await guest.get("/auth/verify", headers=bearer(ended))).status_code == 401
    assert (await guest.get("/auth/verify", headers=bearer(open_))).status_code == 200
    refresh = {"refreshToken": ended["refreshToken"]}
    assert (await guest.post("/auth/refresh", json=refresh)).status_code == 401


async def test_nobody_logs_somebody_else_out(guest: httpx.AsyncClient) -> None:
    mine, theirs = await login(guest), await login(guest, "agent@example.com")
    body = {"refreshToken": theirs["refreshToken"]}
    await guest.post("/auth/logout", headers=bearer(mine), json=body)
    assert (await guest.get("/auth/verify", headers=bearer(theirs))).status_code == 200


async def test_logout_all_ends_every_session_of_the_user(guest: httpx.AsyncClient) -> None:
    mine, other = [await login(guest) for _ in range(3)], await login(guest, "agent@example.com")
    await guest.post("/auth/logout-all", headers=bearer(mine[0]))
    for data in mine:
        assert (await guest.get("/auth/verify", headers=bearer(data))).status_code == 401
    assert (await guest.get("/auth/verify", headers=bearer(other))).status_code == 200


async def test_sessions_are_listed_and_the_current_one_is_marked(
    guest: httpx.AsyncClient,
) -> None:
    first, second = await login(guest), await login(guest)
    answer = await guest.get("/auth/sessions", headers=bearer(first))
    sessions = answer.json()["data"]["sessions"]
    assert [s["current"] for s in sessions] == [False, True]
    assert {s["ipAddress"] for s in sessions} == {"192.0.2.1"}
    assert not {"hash", "user_id"} & set(sessions[0])
    assert first["refreshToken"] not in answer.text
    assert second["refreshToken"] not in answer.text


async def test_a_newcomer_is_registered_and_logged_in(guest: httpx.AsyncClient) -> None:
    answer = await guest.post("/auth/register", json=NEWCOMER)
    data = answer.json()["data"]
    assert (answer.status_code, data["status"], data["redirect"]) == (201, "active", "/onboarding")
    user = data["user"]
    assert (user["email"], user["username"]) == ("new.agent@example.com", "new_agent")
    assert (user["role"], user["smsConsent"]) == ("agent", False)
    empty = (await guest.get("/clients", headers=bearer(data))).json()["data"]
    assert empty["clients"] == []
    assert empty["meta"] == {
        "page": 1,
        "limit": 25,
        "total": 0,
        "totalPages": 0,
        "hasMore": False,
    }


@pytest.mark.parametrize(
    "changed", [{"email": "other@example.com"}, {"username": "other"}, {"email": "BROKER@x.org"}]
)
async def test_emails_and_usernames_are_taken_once(
    guest: httpx.AsyncClient, changed: dict[str, str]
) -> None:
    assert (await guest.post("/auth/register", json=NEWCOMER)).status_code == 201
    assert error(await guest.post("/auth/register", json=NEWCOMER | changed)) == (409, "CONFLICT")


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
async def test_what_a_newcomer_must_not_choose(
    guest: httpx.AsyncClient, field: str, value: str
) -> None:
    answer = await guest.post("/auth/register", json=NEWCOMER | {field: value})
    assert error(answer) == (400, "VALIDATION_ERROR")
    assert [d["field"] for d in answer.json()["error"]["details"]] == [field]
    if field == "password":
        assert value not in answer.text


async def test_newcomers_wait_while_nobody_is_accepted(
    make_backend: Callable[..., Backend],
) -> None:
    async with connect(make_backend(accept_new_users=False)) as guest:
        data = (await guest.post("/auth/register", json=NEWCOMER)).json()["data"]
        assert (data["status"], data["redirect"]) == ("waitlisted", "/waitlist")
        assert (await guest.get("/auth/profile", headers=bearer(data))).status_code == 200
        assert (await guest.get("/leads", headers=bearer(data))).status_code == 403


async def test_consent_to_messages_needs_a_phone(guest: httpx.AsyncClient) -> None:
    consent = NEWCOMER | {"smsConsent": True}
    data = (await guest.post("/auth/register", json=consent)).json()["data"]
    assert data["user"]["smsConsent"] is False
    body = {"phone": "(661) 555-0100", "smsConsent": True, "lastName": "Changed"}
    await guest.put("/auth/profile", headers=bearer(data), json=body)
    profile = (await guest.get("/auth/profile", headers=bearer(data))).json()["data"]
    assert (profile["smsConsent"], profile["lastName"]) == (True, "Changed")


async def test_a_token_of_another_server_is_none(
    guest: httpx.AsyncClient, make_backend: Callable[..., Backend]
) -> None:
    async with connect(make_backend()) as elsewhere:
        headers = bearer(await login(elsewhere))
    assert error(await guest.get("/listings", headers=headers)) == (401, "UnauthorizedError")


async def test_a_reset_ends_every_session(guest: httpx.AsyncClient, backend: Backend) -> None:
    headers = bearer(await login(guest))
    backend.reset()
    assert (await guest.get("/listings", headers=headers)).status_code == 401
