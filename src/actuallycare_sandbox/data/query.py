"""What to select from the store, as values, and as SQL over the stored JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

COMPARISONS = {"eq": "=", "ne": "<>", "ge": ">=", "gt": ">", "le": "<=", "lt": "<"}
MAX_INTEGER = 2**63 - 1
"""The largest that SQLite stores."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One demand on a record.

    `test` is one of the COMPARISONS; "date_ge" and "date_le", which compare the UTC day of a
    date-time; or "contains": each word of `value` occurs in one of the fields, letter case aside.
    """

    fields: tuple[str, ...]
    test: str
    value: Any


@dataclass(frozen=True, slots=True)
class Selection:
    """Records of one kind that satisfy every condition; of one owner, when it is given."""

    kind: str
    conditions: tuple[Condition, ...] = ()
    owner: str | None = None

    def where(self, *conditions: Condition) -> Selection:
        """The same with further conditions."""
        return Selection(self.kind, self.conditions + conditions, self.owner)


def having(field: str, value: Any, test: str = "eq") -> Condition:
    """A condition on one field."""
    return Condition((field,), test, value)


def where_clause(selection: Selection) -> tuple[str, list[Any]]:
    """The SQL condition and its parameters; field names are parameters too."""
    clauses, parameters = ["kind = ?"], [selection.kind]
    if selection.owner is not None:
        clauses.append("owner = ?")
        parameters.append(selection.owner)
    for condition in selection.conditions:
        clause, values = _clause(condition)
        clauses.append(clause)
        parameters += values
    return " AND ".join(clauses), parameters


def order_clause(field: str | None, *, descending: bool) -> tuple[str, list[Any]]:
    """The SQL order; without a field, by creation. Ties follow creation in the same direction."""
    direction = "DESC" if descending else "ASC"
    if field is None:
        return f"seq {direction}", []
    return f"json_extract(doc, ?) {direction}, seq {direction}", [_path(field)]


def has_words(text: str, *values: Any) -> bool:
    """Whether each word of a text occurs in one of the values, letter case aside.

    The store offers it to SQL: written as conditions, many words would be too many for it.
    """
    known = [str(value).casefold() for value in values if value is not None]
    return all(any(word in value for value in known) for word in text.casefold().split())


def _clause(condition: Condition) -> tuple[str, list[Any]]:
    field = _path(condition.fields[0])
    value = condition.value
    if isinstance(value, int) and abs(value) > MAX_INTEGER:
        value = float(value)
    if condition.test in COMPARISONS:
        # A literal path lets the index on key hashes and tokens serve the look-up.
        return f"json_extract(doc, '{field}') {COMPARISONS[condition.test]} ?", [value]
    if condition.test in ("date_ge", "date_le"):
        sign = COMPARISONS[condition.test.removeprefix("date_")]
        return f"date(json_extract(doc, ?)) {sign} ?", [field, value]
    if condition.test == "contains":
        values = ", ".join("json_extract(doc, ?)" for _ in condition.fields)
        return f"has_words(?, {values})", [value, *(_path(name) for name in condition.fields)]
    raise ValueError(f"{condition.test!r} is no test that a query knows")


def _path(field: str) -> str:
    if not field.isidentifier():
        raise ValueError(f"{field!r} is no field name")
    return f"$.{field}"
