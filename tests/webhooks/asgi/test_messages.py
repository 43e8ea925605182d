"""Whatever arrives at the receiver is answered, and only what is genuine is handed over."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.secrets.search import found
from tests.webhooks.asgi.fakes import Handler, post, receiver, scripted
from tests.webhooks.deliveries import Delivery, delivery, encoded, tampered


@pytest.mark.asyncio
@pytest.mark.parametrize("case", tampered(), ids=lambda case: case.name)
async def test_a_tampered_delivery_reaches_nobody(
    case: Any, caplog: pytest.LogCaptureFixture
) -> None:
    handler = Handler()
    raw = [(name.encode(), value.encode()) for name, value in case.delivery.headers]
    scope = {"type": "http", "method": "POST", "headers": raw}
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": case.delivery.body}

    async def send(message: Any) -> None:
        sent.append(message)

    async with receiver(handler) as app:
        await app(scope, receive, send)
    assert sent[0]["status"] == 401
    assert sent[1]["body"] == b'{"status": "%s"}' % case.reason.encode()
    assert handler.events == []
    assert case.reason in caplog.text
    assert found(caplog.text) == []


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("sent", "method", "answer"),
    [
        (delivery(), "GET", (405, "method_not_allowed")),
        (delivery(b"x" * 10_001), "POST", (413, "body_too_large")),
        (delivery(b"not json, but genuine"), "POST", (401, "body_malformed")),
        (delivery(encoded(data={"name": "no id"})), "POST", (422, "unreadable")),
        (delivery(encoded("x.y", data={}), event="x.y"), "POST", (200, "done")),
    ],
    ids=["method", "size", "no JSON", "no id", "unknown event"],
)
async def test_each_request_gets_its_status(
    sent: Delivery, method: str, answer: tuple[int, str]
) -> None:
    async with receiver(Handler(), max_body_bytes=10_000) as app:
        assert await post(app, sent, method) == answer


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("length", "messages", "status"),
    [
        (b"10001", [], 413),
        (b"9" * 5000, [], 413),
        (b"nonsense", [{"type": "http.request", "body": b"x", "more_body": True}], 408),
        (None, [{"type": "http.request", "body": b"x" * 6000, "more_body": True}] * 2, 413),
        (None, [], 408),
        (b"5", [{"type": "http.disconnect"}], 400),
    ],
    ids=["announced", "announced absurdly", "slow", "unannounced", "silent", "gone"],
)
async def test_a_body_that_does_not_come_as_it_should(
    length: bytes | None, messages: list[Any], status: int
) -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [] if length is None else [(b"content-length", length)]
    scope = {"type": "http", "method": "POST", "headers": headers}
    async with receiver(Handler(), max_body_bytes=10_000, read_timeout=0.05) as app:
        await app(scope, scripted(*messages), send)
    assert [m["status"] for m in sent if m["type"] == "http.response.start"] == [status]


@pytest.mark.asyncio
@given(
    method=st.sampled_from(["POST", "GET", ""]),
    headers=st.lists(
        st.tuples(
            st.sampled_from([k.lower().encode() for k, _ in delivery().headers]) | st.binary(),
            st.sampled_from([v.encode() for _, v in delivery().headers]) | st.binary(),
        )
    ),
    parts=st.lists(st.sampled_from([delivery().body[:9], delivery().body[9:]]) | st.binary()),
)
async def test_any_request_is_answered_and_only_genuine_ones_handled(
    method: str, headers: list[tuple[bytes, bytes]], parts: list[bytes]
) -> None:
    handler, sent = Handler(), list[Any]()

    async def send(message: Any) -> None:
        sent.append(message)

    messages = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    scope = {"type": "http", "method": method, "headers": headers}
    async with receiver(handler, max_body_bytes=300) as app:
        await app(scope, scripted(*messages, {"type": "http.request"}), send)
    assert sent[0]["status"] in (200, 401, 405, 413)
    assert bool(handler.events) == (sent[0]["status"] == 200)
