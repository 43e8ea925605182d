"""Variants of a union, chosen by one member."""

from __future__ import annotations

from typing import Any

import pytest

from actuallycare._core.envelope.discriminator import by_discriminator

PARSERS = {"a": lambda value: ("a", value["kind"]), "b": lambda value: ("b", value["kind"])}


def base(value: Any) -> Any:
    return ("base", value.get("kind"))


@pytest.mark.parametrize(
    ("value", "default", "expected"),
    [
        ({"kind": "a"}, base, ("a", "a")),
        ({"kind": "b"}, None, ("b", "b")),
        ({"kind": "other"}, base, ("base", "other")),
        ({"kind": 5}, base, ("base", 5)),
        ({}, base, ("base", None)),
        ({"kind": "other"}, None, {"kind": "other"}),
        ({"kind": ["a"]}, None, {"kind": ["a"]}),
        ({}, None, {}),
    ],
)
def test_the_member_names_the_variant(value: Any, default: Any, expected: Any) -> None:
    assert by_discriminator(value, "kind", PARSERS, default) == expected


@pytest.mark.parametrize(("value", "got"), [([], "an array"), ("a", "a string"), (None, "null")])
def test_only_an_object_has_variants(value: Any, got: str) -> None:
    with pytest.raises(ValueError, match=f"^expected an object, got {got}$"):
        by_discriminator(value, "kind", PARSERS)
