"""Credentials reach the API's own origin in one header, and show nowhere else."""

from __future__ import annotations

import asyncio
import json
import pickle
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import pytest

from actuallycare import (
    ActuallyCareError,
    AsyncActuallyCare,
    ConfigurationError,
    Login,
    Request,
    RetryPolicy,
)
from actuallycare._core.http import AuthHeader
from actuallycare._core.operation import Operation
from actuallycare._core.secret import Secret
from tests.faults import bad_responses as bad
from tests.faults.fault_server import Connection, FaultServer, serving
from tests.secrets.search import (
    KEY,
    PASSWORD,
    REFRESH,
    TOKEN,
    found,
    listening,
    shown_by,
    shown_by_pickle,
    shown_by_traceback,
    shown_in_words,
)

ONCE = RetryPolicy(max_attempts=1)


def connect(server: FaultServer, **options: Any) -> AsyncActuallyCare:
    return AsyncActuallyCare(KEY, base_url=f"{server.origin}/v1", **options)


def sign_in() -> Login:
    return Login("sample@example.com", PASSWORD)


async def failure_of(awaitable: Awaitable[Any]) -> ActuallyCareError:
    with pytest.raises(ActuallyCareError) as caught:
        await awaitable
    return caught.value


def test_objects_hide_their_credentials() -> None:
    login = sign_in()
    client = AsyncActuallyCare(KEY, token=login)
    operation = Operation("listings.get", "GET", "/listings/{id}")
    request = Request(
        operation, "GET", "https://example.com", {}, auth=AuthHeader("K", Secret(KEY))
    )
    for thing in (login, client, request, client._sender, client.listings, vars(client)):
        assert found(f"{thing!r} {thing!s}") == []
    assert found(repr(client.with_options(timeout=1))) == []
    for thing in (login, client, request):
        with pytest.raises(TypeError, match="pickle"):
            pickle.dumps(thing)


@pytest.mark.parametrize(
    "options",
    [
        {"api_key": f"{KEY[:32]} {KEY[32:]}"},
        {"api_key": KEY[:-1]},
        {"token": f"{TOKEN}\n{TOKEN}"},
        {"api_key": KEY, "token": TOKEN, "timeout": 0},
    ],
    ids=["key with a space", "short key", "token with newline", "bad timeout"],
)
def test_a_configuration_error_shows_no_credential(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError) as caught:
        AsyncActuallyCare(**options)
    error = caught.value
    # The caller's own frame has what it passed; from there on nothing may.
    assert error.__traceback__ is not None
    error.__traceback__ = error.__traceback__.tb_next
    assert shown_by(error) == []


def test_a_key_in_the_url_is_rejected_without_showing_it() -> None:
    with pytest.raises(ConfigurationError) as caught:
        AsyncActuallyCare(base_url=f"https://{KEY}@example.com/v1")
    assert shown_in_words(caught.value) == []


@pytest.mark.anyio
async def test_a_key_travels_in_one_header_and_to_its_own_origin_only() -> None:
    def redirect(connection: Connection) -> bool:
        connection.send(bad.response(b"", 307, Location=f"http://localhost:{other.port}/"))
        return True

    with serving(bad.works) as other, serving(redirect) as server:
        async with connect(server, retry=ONCE) as client:
            await failure_of(client.listings.get("1"))
        (seen,) = server.requests
        lines = [line for line in seen.head.decode().split("\r\n") if found(line)]
        assert lines == [f"X-API-Key: {KEY}"]
        assert not other.requests


async def cancelled_mid_flight(server: FaultServer) -> list[BaseException]:
    """Cancel calls at several stages; return the exceptions that a caller sees."""
    seen: list[BaseException] = []
    async with connect(server, token=TOKEN) as client:
        for _ in range(10):
            with anyio.move_on_after(0.02):
                try:
                    await client.listings.list()
                except BaseException as error:
                    seen.append(error)
                    raise
    return seen


@pytest.mark.anyio
async def test_a_cancelled_call_shows_no_credential() -> None:
    with listening() as overheard, serving(bad.drips) as server:
        seen = await cancelled_mid_flight(server)
    assert len(seen) == 10
    for error in seen:
        assert shown_by_traceback(error) == []
    assert overheard.markers() == []


@pytest.mark.asyncio
async def test_a_timeout_of_the_caller_shows_no_credential() -> None:
    with serving(bad.drips) as server:
        async with connect(server) as client:
            with pytest.raises(TimeoutError) as caught:
                async with asyncio.timeout(0.05):
                    await client.listings.get("1")
    assert caught.value.__context__ is not None  # before Python 3.11.3 it is no `__cause__`
    assert shown_by_traceback(caught.value) == []


def tokens(**fields: Any) -> bytes:
    data = {"token": TOKEN, "refreshToken": REFRESH, "expiresIn": 900, **fields}
    return bad.response(json.dumps({"success": True, "data": data}).encode())


NO_TOKEN = tokens(token={"value": TOKEN})
CUT_SHORT = bad.response(tokens().partition(b"\r\n\r\n")[2][:-5])
HTML = bad.response(bad.HTML, 200, "text/html")
REFUSED = bad.response(b'{"success": false, "error": {"code": "INVALID_CREDENTIALS"}}', 401)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("login", "answer"),
    [
        pytest.param(REFUSED, bad.WHOLE, id="login refused"),
        pytest.param(NO_TOKEN, bad.WHOLE, id="login without a token"),
        pytest.param(CUT_SHORT, bad.WHOLE, id="login cut short"),
        pytest.param(HTML, bad.WHOLE, id="login answered with HTML"),
        pytest.param(tokens(), REFUSED, id="token refused"),
        pytest.param(tokens(), bad.response(bad.HTML, 502), id="502 after login"),
        pytest.param(tokens(), bad.response(b""), id="empty answer after login"),
    ],
)
async def test_a_login_shows_neither_password_nor_tokens(login: bytes, answer: bytes) -> None:
    def fault(connection: Connection) -> bool:
        connection.send(login if b"/auth/" in server.requests[-1].head else answer)
        return True

    with listening() as overheard, serving(fault) as server:
        async with connect(server, token=sign_in(), retry=ONCE) as client:
            error = await failure_of(client.contacts.list().collect())
            assert shown_by(error) == []
            assert found(repr(vars(client))) == []
    assert overheard.markers() == []
    bodies = [seen.body for seen in server.requests if found(seen.body.decode())]
    assert all(b"/auth/" in seen.head for seen in server.requests if seen.body in bodies)


FAULTS = pytest.mark.parametrize(
    "fault",
    [bad.reset_before_headers, bad.sends(CUT_SHORT), bad.refuses(401), bad.garbage],
    ids=["reset", "cut short", "401", "garbage"],
)


async def log_in_by_hand(fault: bad.Fault) -> ActuallyCareError:
    errors: list[ActuallyCareError] = []

    with listening() as overheard, serving(fault) as server:
        async with connect(server, retry=ONCE) as client:
            call = client.auth.login(email="sample@example.com", password=PASSWORD)
            errors.append(await failure_of(call))
    assert overheard.markers() == []
    return errors[0]


@pytest.mark.anyio
@FAULTS
async def test_logging_in_by_hand_shows_no_password_in_words(fault: bad.Fault) -> None:
    assert shown_in_words(await log_in_by_hand(fault)) == []


@pytest.mark.anyio
@FAULTS
async def test_logging_in_by_hand_shows_no_password_at_all(fault: bad.Fault) -> None:
    error = await log_in_by_hand(fault)
    assert shown_by_pickle(error) == []
    assert shown_by_traceback(error) == []


SECRET = "marker5ec2e7-webhook-secret"
HELD = {"id": "1", "secret": SECRET, "key": KEY, "token": TOKEN}
ECHO = {"code": "VALIDATION_ERROR", "details": [{"field": "secret", "value": SECRET}]}
# No local variable: tracebacks show the locals of the test itself too.
REJECTION = bad.refuses(
    400, json.dumps({"success": False, "error": ECHO}).encode(), "application/json"
)


def sends_secrets(client: AsyncActuallyCare) -> Awaitable[Any]:
    return client.webhooks.create(url="https://example.com", events=["all"], secret=SECRET)


def sends_secrets_with_response(client: AsyncActuallyCare) -> Awaitable[Any]:
    return client.webhooks.with_raw_response.update("1", secret=SECRET)


def cannot_be_built(client: AsyncActuallyCare) -> Awaitable[Any]:
    return client.webhooks.update("", secret=SECRET)


def lists_secrets(client: AsyncActuallyCare) -> Awaitable[Any]:
    return client.webhooks.list().collect()


def makes_a_key(client: AsyncActuallyCare) -> Awaitable[Any]:
    return client.api_keys.create(name="sample")


def logs_in(client: AsyncActuallyCare) -> Awaitable[Any]:
    return client.auth.login(email="sample@example.com", password=PASSWORD)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("make", "data"),
    [
        (sends_secrets, {**HELD, "created_at": SECRET}),
        (sends_secrets_with_response, {**HELD, "created_at": SECRET}),
        (lists_secrets, [{**HELD, "created_at": 7}]),
        (lists_secrets, HELD),
        (makes_a_key, {**HELD, "created_at": KEY}),
        (makes_a_key, KEY),
        (logs_in, TOKEN),
        (logs_in, {**HELD, "user": [TOKEN]}),
    ],
)
async def test_an_unreadable_response_shows_no_secret(
    make: Callable[[AsyncActuallyCare], Awaitable[Any]], data: Any
) -> None:
    errors: list[ActuallyCareError] = []
    whole = bad.envelope(data)
    for answer in (whole, whole[:-1]):
        with listening() as overheard, serving(bad.sends(answer)) as server:
            async with connect(server, token=TOKEN, retry=ONCE, strict=True) as client:
                errors.append(await failure_of(make(client)))
        assert overheard.markers() == []
        assert shown_by(errors.pop()) == []


@pytest.mark.anyio
@pytest.mark.parametrize("make", [sends_secrets, sends_secrets_with_response, cannot_be_built])
async def test_a_secret_argument_shows_in_no_error(
    make: Callable[[AsyncActuallyCare], Awaitable[Any]],
) -> None:
    with serving(REJECTION) as server:
        async with connect(server, token=TOKEN, retry=ONCE) as client:
            with pytest.raises((ActuallyCareError, ValueError)) as caught:
                await make(client)
            assert shown_by(caught.value) == []
        sent = [SECRET in seen.body.decode() for seen in server.requests]
    assert sent == ([] if make is cannot_be_built else [True])


@pytest.mark.anyio
async def test_an_invalid_token_of_a_provider_is_not_shown() -> None:
    async def provide() -> str:
        return f"{TOKEN}\n{TOKEN}"

    with serving(bad.works) as server:
        async with connect(server, token=provide) as client:
            assert shown_by(await failure_of(client.contacts.list().collect())) == []
        assert not server.requests
