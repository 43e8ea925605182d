"""An unreadable payload is reported by operation and field."""

from __future__ import annotations

from typing import Any

import pytest

from actuallycare import DecodeError
from actuallycare._core.envelope.convert import to_datetime, to_list, to_map
from actuallycare._core.envelope.decode import decode


class Agent:
    """Reads as generated models do."""

    def __init__(self, name: Any, since: Any) -> None:
        self.name, self.since = name, since

    @classmethod
    def from_dict(cls, src: Any) -> Agent:
        get = src.get
        return cls(src["name"], None if (v := get("since")) is None else to_datetime(v))


def listing(src: Any) -> dict[str, Any]:
    get = src.get
    return {
        "id": src["id"],
        "agent": Agent.from_dict(src["agent"]),
        "viewers": None if (v := get("viewers")) is None else to_list(v, Agent.from_dict),
        "by_role": None if (v := get("by_role")) is None else to_map(v, Agent.from_dict),
    }


GOOD: dict[str, Any] = {"id": 1, "agent": {"name": "A"}}


def test_a_readable_payload_is_read() -> None:
    assert decode(listing, GOOD, operation="x.get")["agent"].name == "A"


CASES: list[tuple[Any, str, str]] = [
    ({}, "data.id", "the field is missing"),
    ({"id": 1}, "data.agent", "the field is missing"),
    ({**GOOD, "agent": {}}, "data.agent.name", "the field is missing"),
    ({**GOOD, "agent": "A"}, "data.agent", "expected an object, got a string"),
    ({**GOOD, "agent": [1]}, "data.agent", "expected an object, got an array"),
    ({**GOOD, "agent": {"name": "A", "since": "soon"}}, "data.agent.since", "expected a date-time"),
    ({**GOOD, "agent": {"name": "A", "since": 5}}, "data.agent.since", "expected a date-time"),
    ({**GOOD, "viewers": {}}, "data.viewers", "expected an array, got an object"),
    ({**GOOD, "viewers": [{"name": "A"}, {}]}, "data.viewers[1].name", "the field is missing"),
    (
        {**GOOD, "viewers": [{"name": "A"}, 5]},
        "data.viewers[1]",
        "expected an object, got a number",
    ),
    ({**GOOD, "viewers": [{}, {"name": "A"}]}, "data.viewers[0].name", "the field is missing"),
    ({**GOOD, "by_role": {"a": {}}}, "data.by_role.a.name", "the field is missing"),
    (None, "data", "expected an object, got null"),
    ([], "data", "expected an object, got an array"),
    ("text", "data", "expected an object, got a string"),
]


@pytest.mark.parametrize(("payload", "field", "reason"), CASES)
def test_the_field_is_named(payload: Any, field: str, reason: str) -> None:
    with pytest.raises(DecodeError) as caught:
        decode(listing, payload, operation="listings.get", at="data")
    error = caught.value
    assert (error.operation, error.field) == ("listings.get", field)
    assert reason in str(error)
    assert error.__cause__ is None
    assert error.__context__ is None


def test_a_long_value_is_shown_in_part() -> None:
    with pytest.raises(DecodeError) as caught:
        decode(listing, {**GOOD, "agent": "x" * 10_000}, operation="listings.get")
    assert len(str(caught.value)) < 400
