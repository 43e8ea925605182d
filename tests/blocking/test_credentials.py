"""Credentials of the blocking client: from functions, and from a store without `async`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from actuallycare import ActuallyCare, ConfigurationError, Login
from tests.fakes import ScriptedTransport, success

LOGIN = Login("me@example.com", "password")


async def provide() -> str:
    return "0" * 64


def provide_later() -> Any:
    return provide()


class Store:
    async def load(self) -> None:
        pass

    async def save(self, _: object) -> None:
        pass


OPTIONS: dict[str, dict[str, Any]] = {
    "api_key": {"api_key": provide_later},
    "token": {"token": provide_later},
    "token_store.load": {"token": LOGIN, "token_store": Store()},
}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", OPTIONS)
def test_an_async_function_is_rejected(name: str) -> None:
    transport = ScriptedTransport(success({"id": "1"}))
    with (
        ActuallyCare(transport=transport, **OPTIONS[name]) as client,
        pytest.raises(ConfigurationError, match=f"^{name} is an async function"),
    ):
        client.listings.get("1")


@pytest.mark.parametrize("name", ["api_key", "token"])
def test_an_async_function_is_rejected_at_once(name: str) -> None:
    option: dict[str, Any] = {name: provide}
    with pytest.raises(ConfigurationError, match=f"^{name} is an async function"):
        ActuallyCare(**option)
    with (
        ActuallyCare("0" * 64) as client,
        pytest.raises(ConfigurationError, match=f"^{name} is an async function"),
    ):
        client.with_options(**option)


@pytest.mark.parametrize("store", [object(), Store], ids=["no methods", "a class"])
def test_what_is_no_store_is_rejected(store: Any) -> None:
    with pytest.raises(ConfigurationError, match="token_store is"):
        ActuallyCare(token=LOGIN, token_store=store)


def test_a_timeout_is_a_timedelta_as_in_the_async_client() -> None:
    transport = ScriptedTransport(success({"id": "1"}))
    with ActuallyCare("0" * 64, transport=transport, timeout=timedelta(seconds=3)) as client:
        client.with_options(timeout=timedelta(seconds=2)).listings.get("1")
        client.listings.get("1")
    assert [request.timeout for request in transport.requests] == [2.0, 3.0]
