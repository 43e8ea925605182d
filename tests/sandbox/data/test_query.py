"""Selections as SQL."""

from __future__ import annotations

import pytest

from actuallycare_sandbox.data.query import Condition, Selection, has_words, where, where_clause


def test_pass_values_as_sql_parameters() -> None:
    selection = Selection("listings", owner="me").where(
        where("status", "'; DROP TABLE records; --"),
        Condition(("city", "state"), "contains", "a%b c"),
    )
    clause, parameters = where_clause(selection)
    assert clause == (
        "kind = ? AND owner = ? AND json_extract(doc, '$.status') = ? AND "
        "has_words(?, json_extract(doc, ?), json_extract(doc, ?))"
    )
    assert parameters == [
        *("listings", "me", "'; DROP TABLE records; --"),
        *("a%b c", "$.city", "$.state"),
    ]


@pytest.mark.parametrize(
    ("text", "values", "found"),
    [
        ("main", ["1 Main Street"], True),
        ("street main", ["1 Main Street"], True),
        ("main nowhere", ["1 Main Street"], False),
        ("main fresno", ["1 Main Street", "Fresno"], True),
        ("STRASSE", ["1 Hauptstraße"], True),
        ("%", ["1 Main Street"], False),
        ("7", [None, 1.75], True),
        ("", [None], True),
        ("a", [None], False),
        ("a " * 5_000, ["1 Main Street"], True),
    ],
)
def test_search_each_word_in_each_value(text: str, values: list[object], found: bool) -> None:
    assert has_words(text, *values) is found


@pytest.mark.parametrize("field", ["a b", "a'", "a.b", ""])
def test_reject_invalid_field_name(field: str) -> None:
    with pytest.raises(ValueError, match="is not a field name"):
        where_clause(Selection("x").where(where(field, 1)))
