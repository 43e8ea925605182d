"""Layouts of success responses."""

from __future__ import annotations

from typing import Any

import pytest

from actuallycare_sandbox.spec.response_layout import response_layout
from tests.sandbox.spec.small_document import THING, THINGS, document_with


@pytest.mark.parametrize(
    ("data", "key", "many", "meta", "extras"),
    [
        (THING, None, False, None, ()),
        (THINGS, None, True, None, ()),
        ({"properties": {"thing": THING}}, "thing", False, None, ()),
        ({"properties": {"things": THINGS, "meta": {}}}, "things", True, "data", ()),
        (
            {
                "allOf": [
                    {"properties": {"things": THINGS}},
                    {"properties": {"meta": {}, "stats": {}}},
                ]
            },
            "things",
            True,
            "data",
            ("stats",),
        ),
        (
            {"properties": {"tags": {"type": "array"}, "things": THINGS, "meta": {}}},
            "things",
            True,
            "data",
            ("tags",),
        ),
        ({"properties": {"url": {"type": "string"}}}, None, False, None, ()),
    ],
)
def test_read_layout_from_schema(
    data: Any, key: str | None, many: bool, meta: str | None, extras: tuple[str, ...]
) -> None:
    found = response_layout(*document_with(data))
    assert (found.key, found.many, found.meta, found.extras) == (key, many, meta, extras)
