"""New records and updates from request bodies."""

from __future__ import annotations

from typing import Any

import pytest

from actuallycare_sandbox.data.records import new_record, settable
from actuallycare_sandbox.spec.document import load


@pytest.mark.parametrize(
    ("schema", "body", "given", "record"),
    [
        ({"properties": {"a": {}}}, {"a": 1, "b": 2}, {"a": 0}, {"a": 1}),
        ({"properties": {"a": {}}}, {}, {"a": 0}, {"a": 0}),
        ({"properties": {"a": {"nullable": True}}}, {}, {}, {"a": None}),
        ({"properties": {"a": {"type": ["string", "null"]}}}, {}, {}, {"a": None}),
        ({"properties": {"a": {"type": "string"}}}, {}, {}, {}),
        ({"required": ["a"], "properties": {"a": {"type": "string"}}}, {}, {}, {"a": ""}),
        ({"required": ["a"], "properties": {"a": {"enum": ["x", "y"]}}}, {}, {}, {"a": "x"}),
        ({"required": ["a"], "properties": {"a": {"default": 7}}}, {}, {}, {"a": 7}),
        ({}, {"a": 1}, {"id": "2"}, {"id": "2", "a": 1}),
    ],
)
def test_create_record_from_schema(schema: Any, body: Any, given: Any, record: Any) -> None:
    assert new_record(load(), schema, body, given) == record


def test_ignore_unknown_fields_in_update() -> None:
    assert settable(load(), {"properties": {"a": {}}}, {"a": 1, "b": 2}) == {"a": 1}
    assert settable(load(), {}, {"a": 1}) == {"a": 1}
