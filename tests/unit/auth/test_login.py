"""Logging in: once for all tasks, renewed in time, and one clear error when it fails."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import anyio
import anyio.lowlevel
import pytest

from actuallycare import (
    AccountLockedError,
    ActuallyCareError,
    AsyncActuallyCare,
    AuthenticationError,
    ConfigurationError,
    DecodeError,
    Login,
    Request,
    Response,
    RetryPolicy,
    ServerError,
    Tokens,
)
from actuallycare._core.auth.login import LoginTokenSource
from tests.fakes import START, ManualClock, ScriptedTransport, failure, success

LOGIN = Login("sample@example.com", "Sample-Passw0rd")
LIFE = 900
REFUSED = failure(401, "INVALID_CREDENTIALS")


class Accounts(ScriptedTransport):
    """An API that knows one access token at a time; refresh tokens rotate."""

    def __init__(self) -> None:
        super().__init__(self.handle)
        self.logins = self.refreshes = self.issued = 0
        self.valid: set[str] = set()
        self.refresh_tokens: set[str] = set()
        self.refuse_login: Response | None = None
        self.refuse_refresh: Response | None = None

    async def send(self, request: Request) -> Response:
        for _ in range(5):  # others get their turn while it is under way
            await anyio.lowlevel.checkpoint()
        return await super().send(request)

    def handle(self, request: Request) -> Response:
        if request.operation.name == "auth.login":
            self.logins += 1
            return self.refuse_login or self.issue()
        if request.operation.name == "auth.refresh":
            self.refreshes += 1
            used = next(
                (t for t in self.refresh_tokens if t in (request.content or b"").decode()), ""
            )
            self.refresh_tokens.discard(used)
            return self.refuse_refresh or (self.issue() if used else REFUSED)
        token = request.wire_headers().get("Authorization", "").removeprefix("Bearer ")
        if token not in self.valid:
            return failure(401, "UnauthorizedError")
        return success({"contacts": []})

    def issue(self) -> Response:
        self.issued += 1
        access, refresh = f"access.{self.issued}", f"<refresh {self.issued}>"
        self.valid, self.refresh_tokens = {access}, {refresh}
        return success({"token": access, "refreshToken": refresh, "expiresIn": LIFE})

    def forget(self) -> None:
        """Every access token ends before its time."""
        self.valid = set()


def connect(transport: ScriptedTransport, clock: ManualClock, **options: Any) -> AsyncActuallyCare:
    options.setdefault("token", LOGIN)
    return AsyncActuallyCare(transport=transport, clock=clock, **options)


async def in_many_tasks(client: AsyncActuallyCare, count: int) -> list[ActuallyCareError]:
    errors: list[ActuallyCareError] = []

    async def one() -> None:
        try:
            await client.contacts.list()
        except ActuallyCareError as error:
            errors.append(error)

    async with anyio.create_task_group() as group:
        for _ in range(count):
            group.start_soon(one)
    return errors


@pytest.mark.anyio
async def test_1000_tasks_share_one_login_and_each_refresh(clock: ManualClock) -> None:
    api = Accounts()

    client = connect(api, clock)
    assert await in_many_tasks(client, 1_000) == []
    assert (api.logins, api.refreshes) == (1, 0)
    clock.elapsed += LIFE - 30  # renewed before it ends
    assert await in_many_tasks(client, 1_000) == []
    assert (api.logins, api.refreshes) == (1, 1)
    api.forget()  # and when it ends early, after a 401
    assert await in_many_tasks(client, 1_000) == []
    assert (api.logins, api.refreshes) == (1, 2)


FAILURES = [
    (failure(401, "INVALID_CREDENTIALS"), AuthenticationError),
    (failure(423, "ACCOUNT_LOCKED", details={"locked_until": "2026"}), AccountLockedError),
    (failure(500), ServerError),
    (success({"token": 7}), DecodeError),
]


@pytest.mark.anyio
@pytest.mark.parametrize(("answer", "expected"), FAILURES)
async def test_a_failed_login_wakes_every_task_with_the_same_error(
    clock: ManualClock, answer: Response, expected: type[ActuallyCareError]
) -> None:
    api = Accounts()
    api.refuse_login = answer

    errors = await in_many_tasks(connect(api, clock), 1_000)
    assert len(errors) == 1_000
    assert {(type(error), str(error)) for error in errors} == {(expected, str(errors[0]))}
    assert len({id(error) for error in errors}) == 1_000  # tracebacks would mix
    assert api.logins == 1


@pytest.mark.anyio
async def test_a_failed_refresh_wakes_every_task_with_the_same_error(clock: ManualClock) -> None:
    api = Accounts()

    client = connect(api, clock)
    await client.contacts.list()
    clock.elapsed += LIFE
    api.refuse_refresh = failure(500)
    errors = await in_many_tasks(client, 1_000)
    assert len(errors) == 1_000
    assert {type(error) for error in errors} == {ServerError}
    assert (api.logins, api.refreshes) == (1, 1)


@pytest.mark.anyio
async def test_a_rejected_refresh_logs_in_again(clock: ManualClock) -> None:
    api = Accounts()

    client = connect(api, clock)
    await client.contacts.list()
    clock.elapsed += LIFE
    api.refresh_tokens.clear()
    assert await in_many_tasks(client, 100) == []
    assert (api.logins, api.refreshes) == (2, 1)


@pytest.mark.anyio
async def test_a_rejected_login_is_not_repeated_for_a_minute(clock: ManualClock) -> None:
    api = Accounts()
    api.refuse_login = REFUSED

    client = connect(api, clock)
    for _ in range(5):
        with pytest.raises(AuthenticationError):
            await client.contacts.list()
    assert api.logins == 1
    clock.elapsed += 60
    api.refuse_login = None
    await client.contacts.list()
    assert api.logins == 2


@pytest.mark.anyio
async def test_a_cancelled_leader_is_followed_by_another_task(clock: ManualClock) -> None:
    api = Accounts()

    client = connect(api, clock)
    async with anyio.create_task_group() as group:
        scope = anyio.CancelScope()

        async def lead() -> None:
            with scope:
                await client.contacts.list()

        group.start_soon(lead)
        session = client._sender.credentials.tokens
        assert isinstance(session, LoginTokenSource)
        while session._in_flight is None:
            await anyio.lowlevel.checkpoint()
        group.start_soon(in_many_tasks, client, 50)
        await anyio.lowlevel.checkpoint()
        scope.cancel()
    assert len(api.valid) == 1
    assert sum(r.operation.name == "contacts.list" for r in api.requests) == 50


@pytest.mark.anyio
async def test_a_401_is_answered_by_one_refresh_and_one_more_attempt(clock: ManualClock) -> None:
    def handle(request: Request) -> Response:
        if request.operation.path.startswith("/auth/"):
            return success({"token": f"a.{len(api.requests)}", "refreshToken": "r"})
        return failure(401, "UnauthorizedError")

    api = ScriptedTransport(handle)

    with pytest.raises(AuthenticationError):
        await connect(api, clock).contacts.create(
            first_name="A", last_name="B", contact_type="buyer"
        )
    assert [request.operation.name for request in api.requests] == [
        "auth.login",
        "contacts.create",
        "auth.refresh",
        "contacts.create",
    ]


@pytest.mark.anyio
async def test_a_token_provider_is_called_per_request_and_after_401(
    clock: ManualClock,
) -> None:
    api = Accounts()
    api.valid = {"good.token"}
    given: list[str] = []

    async def provide() -> str:
        given.append("old.token" if len(given) == 1 else "good.token")
        return given[-1]

    client = connect(api, clock, token=provide)
    await client.contacts.list()
    await client.contacts.list()
    assert given == ["good.token", "old.token", "good.token", "good.token"]
    assert len(api.requests) == 3


@pytest.mark.anyio
@pytest.mark.parametrize("given", [None, b"a.b.c", "", "a b", "a\nb", 7])
async def test_a_provider_of_something_else_is_a_configuration_error(
    clock: ManualClock, given: Any
) -> None:
    async def provide() -> str:
        return given  # type: ignore[no-any-return]

    with pytest.raises(ConfigurationError):
        await connect(Accounts(), clock, token=provide).contacts.list()


@pytest.mark.anyio
async def test_what_a_provider_raises_is_raised(clock: ManualClock) -> None:
    async def provide() -> str:
        raise LookupError("the vault is sealed")

    with pytest.raises(LookupError, match="sealed"):
        await connect(Accounts(), clock, token=provide).contacts.list()


class Memory:
    """A token store."""

    def __init__(self, kept: Tokens | None = None) -> None:
        self.kept, self.loads = kept, 0

    async def load(self) -> Tokens | None:
        self.loads += 1
        return self.kept

    async def save(self, tokens: Tokens) -> None:
        self.kept = tokens


@pytest.mark.anyio
async def test_stored_tokens_save_a_login(clock: ManualClock) -> None:
    api, store = Accounts(), Memory()

    await connect(api, clock, token_store=store).contacts.list()
    await connect(api, clock, token_store=store).contacts.list()
    assert api.logins == 1
    assert store.kept is not None
    assert store.kept.renew_at == START + timedelta(seconds=LIFE - 30)


@pytest.mark.anyio
async def test_stored_tokens_that_have_ended_are_refreshed(clock: ManualClock) -> None:
    api = Accounts()
    api.issue()
    store = Memory(Tokens("access.1", "<refresh 1>", START))

    await connect(api, clock, token_store=store).contacts.list()
    assert (api.logins, api.refreshes) == (0, 1)


@pytest.mark.anyio
async def test_tokens_refreshed_by_another_process_are_reused(
    clock: ManualClock,
) -> None:
    api, store = Accounts(), Memory()

    client = connect(api, clock, token_store=store)
    await client.contacts.list()
    clock.elapsed += LIFE
    api.issue()  # the other process has used the refresh token …

    async def late() -> Tokens | None:
        store.loads += 1
        # … and saves what it got while this one is being rejected.
        return Tokens("access.2", "<refresh 2>") if store.loads > 2 else store.kept

    store.loads = 1
    store.load = late  # type: ignore[method-assign]
    await client.contacts.list()
    assert (api.logins, api.refreshes) == (1, 1)


@pytest.mark.anyio
async def test_the_login_itself_keeps_to_the_retry_policy(clock: ManualClock) -> None:
    api = Accounts()
    api.refuse_login = failure(429, headers={"Retry-After": "900"})

    for policy, attempts in (
        (RetryPolicy(), 1),
        (RetryPolicy(max_wait=900, max_elapsed=2e3), 3),
    ):
        api.logins = 0
        client = connect(api, clock, retry=policy)
        with pytest.raises(ActuallyCareError, match="429"):
            await client.contacts.list()
        assert api.logins == attempts
