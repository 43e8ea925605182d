"""A delivery becomes a typed event; an unreadable one is reported with its event and field."""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actuallycare import DecodeError, models
from actuallycare.webhooks import MODELS, WebhookVerificationError, parse, unwrap
from actuallycare_sandbox.webhooks.event_catalog import CATALOG
from tests.webhooks.deliveries import LEAD, NOW, SECRET, delivery, encoded


def body(**members: Any) -> bytes:
    return json.dumps(members).encode()


def test_a_known_event_has_a_model_as_its_data() -> None:
    good = delivery()
    event = unwrap(good.body, good.headers, SECRET, now=NOW)
    assert event.name == "lead.created"
    assert event.timestamp == NOW
    assert isinstance(event.data, models.Lead)
    assert (event.data.name, event.data.phone, event.data.status) == ("Bravo Sämple", None, "new")
    assert event.raw["data"] == LEAD
    assert event.data.to_dict(mode="json", by="wire").items() >= LEAD.items()
    assert pickle.loads(pickle.dumps(event)) == event  # noqa: S301


def test_an_event_nobody_has_heard_of_is_delivered_as_it_came() -> None:
    event = parse(body(event="care_status.overdue", data={"id": 5, "x": [1]}, extra=True))
    assert event.name == "care_status.overdue"
    assert event.data == {"id": 5, "x": [1]}
    assert event.raw["extra"] is True
    assert event.timestamp is None


def test_any_event_can_be_read_into_a_model_of_ones_choice() -> None:
    event = parse(body(event="lead.assigned", data=LEAD))
    assert isinstance(event.data, Mapping)
    assert event.decode(models.Lead).email == "bravo@example.com"
    with pytest.raises(DecodeError) as caught:
        parse(body(event="lead.assigned", data={"x": 1})).decode(models.Lead)
    assert (caught.value.operation, caught.value.field) == ("webhooks lead.assigned", "data.id")


@pytest.mark.parametrize("name", CATALOG)
def test_the_payloads_of_the_sandboxes_catalog_have_models(name: str) -> None:
    fields = CATALOG[name].payload
    event = parse(body(event=name, data=dict.fromkeys(fields)))
    if name in MODELS:
        assert isinstance(event.data, MODELS[name])
        assert set(fields) <= {a.name for a in MODELS[name].__attrs_attrs__}
    else:
        assert isinstance(event.data, Mapping)


def test_what_the_body_does_not_say_the_documented_header_does() -> None:
    flat = delivery(body(id="1", name="Bravo"))
    event = unwrap(flat.body, flat.headers, SECRET, now=NOW)
    assert event.name == "lead.created"
    assert isinstance(event.data, models.Lead)
    assert event.data.name == "Bravo"


def test_attempts_share_an_idempotency_key_deliveries_do_not() -> None:
    first, again = parse(encoded()), parse(encoded())
    assert first.idempotency_key == again.idempotency_key
    assert (
        first.idempotency_key != parse(encoded(at=datetime(2026, 1, 1, tzinfo=UTC))).idempotency_key
    )
    assert first.idempotency_key != parse(encoded("lead.updated")).idempotency_key


@pytest.mark.parametrize(
    ("content", "operation", "field"),
    [
        (b"", "webhooks", ""),
        (b"{", "webhooks", ""),
        (b"\xff", "webhooks", ""),
        (b"[" * 100_000, "webhooks", ""),
        (b"[]", "webhooks", ""),
        (b"{}", "webhooks", "event"),
        (body(event=5, data={}), "webhooks", "event"),
        (body(event="", data={}), "webhooks", "event"),
        (body(event="x.y", data=[]), "webhooks x.y", "data"),
        (body(event="x.y", data=None), "webhooks x.y", "data"),
        (body(event="x.y", data={}, timestamp="soon"), "webhooks x.y", "timestamp"),
        (body(event="lead.created", data={}), "webhooks lead.created", "data.id"),
    ],
    ids=repr,
)
def test_an_unreadable_event_is_reported_with_its_field(
    content: bytes, operation: str, field: str
) -> None:
    with pytest.raises(DecodeError) as caught:
        parse(content)
    assert (caught.value.operation, caught.value.field) == (operation, field)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
envelopes = st.fixed_dictionaries(
    {},
    optional={
        "event": st.sampled_from(sorted(MODELS)) | json_values,
        "timestamp": json_values,
        "data": st.dictionaries(st.sampled_from(["id", "name", "created_at"]), json_values)
        | json_values,
    },
)


@given(content=st.binary() | envelopes.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_give_an_event_or_a_decode_error(content: bytes) -> None:
    try:
        event = parse(content, delivery().headers)
    except DecodeError:
        return
    assert event.raw == json.loads(content) or "NaN" in content.decode()


@given(content=st.binary() | envelopes.map(lambda value: json.dumps(value).encode()))
def test_unwrap_raises_documented_errors_only(content: bytes) -> None:
    odd = delivery(content)
    try:
        unwrap(content, odd.headers, SECRET, now=NOW)
    except (DecodeError, WebhookVerificationError):
        return
