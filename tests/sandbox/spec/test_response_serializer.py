"""Serialization of stored values."""

from __future__ import annotations

from actuallycare_sandbox.spec.response_serializer import ResponseSerializer
from tests.sandbox.spec.small_document import THING, THINGS, document_with


def test_keep_documented_names_at_every_depth() -> None:
    document, _ = document_with(THING)
    stored = {"id": 1, "hash": "x", "self": {"id": 2, "hash": "y", "self": None}}
    assert ResponseSerializer(document, THING).serialize(stored) == {
        "id": 1,
        "self": {"id": 2, "self": None},
    }
    assert ResponseSerializer(document, THINGS).serialize([stored, stored])[1]["self"]["id"] == 2
    assert ResponseSerializer(document, {"type": "object"}).serialize({"any": "thing"}) == {
        "any": "thing"
    }
