"""Queries: selections of records as values, and their SQL over the stored JSON."""

from __future__ import annotations

from typing import Any

from attrs import frozen

COMPARISONS = {"eq": "=", "ne": "<>", "ge": ">=", "gt": ">", "le": "<=", "lt": "<"}
MAX_INTEGER = 2**63 - 1
"""Largest integer that SQLite stores."""


@frozen
class Condition:
    """A condition on the fields of a record."""

    fields: tuple[str, ...]
    """Names of the compared fields; all but `contains` use the first one."""
    test: str
    """One of `COMPARISONS`; `date_ge` or `date_le`, which compare the UTC date of a date-time; or
    `contains`: each word of `value` occurs in one of the fields, ignoring case."""
    value: Any
    """The value to compare with."""


@frozen
class Selection:
    """Records of one kind that match every condition."""

    kind: str
    """Kind of the records, such as `listings`."""
    conditions: tuple[Condition, ...] = ()
    """Conditions that a record must match."""
    owner: str | None = None
    """Owner of the records; None selects those of everybody."""

    def where(self, *conditions: Condition) -> Selection:
        """Return a copy with additional conditions."""
        return Selection(self.kind, self.conditions + conditions, self.owner)


def where(field: str, value: Any, test: str = "eq") -> Condition:
    """Return a condition on one field."""
    return Condition((field,), test, value)


def where_clause(selection: Selection) -> tuple[str, list[Any]]:
    """Return the SQL condition and its parameters."""
    clauses = ["kind = ?"]
    parameters: list[Any] = [selection.kind]
    if selection.owner is not None:
        clauses.append("owner = ?")
        parameters.append(selection.owner)
    for condition in selection.conditions:
        clause, values = _clause(condition)
        clauses.append(clause)
        parameters += values
    return " AND ".join(clauses), parameters


def order_clause(field: str | None, *, descending: bool) -> tuple[str, list[Any]]:
    """Return the SQL order and its parameters.

    Without a field, sort by creation. Ties are sorted by creation in the same direction.
    """
    direction = "DESC" if descending else "ASC"
    if field is None:
        return f"seq {direction}", []
    return f"json_extract(doc, ?) {direction}, seq {direction}", [_path(field)]


def has_words(text: str, *values: Any) -> bool:
    """Whether each word of a text occurs in one of the values, ignoring case.

    The store registers it as an SQL function: one condition for each word would exceed SQLite's
    limit on the depth of an expression.
    """
    texts = [str(value).casefold() for value in values if value is not None]
    return all(any(word in value for value in texts) for word in text.casefold().split())


def _clause(condition: Condition) -> tuple[str, list[Any]]:
    field = _path(condition.fields[0])
    value = condition.value
    if isinstance(value, int) and abs(value) > MAX_INTEGER:
        value = float(value)
    if condition.test in COMPARISONS:
        # SQLite uses the index on hashes only if the path is a literal.
        return f"json_extract(doc, '{field}') {COMPARISONS[condition.test]} ?", [value]
    if condition.test in ("date_ge", "date_le"):
        sign = COMPARISONS[condition.test.removeprefix("date_")]
        return f"date(json_extract(doc, ?)) {sign} ?", [field, value]
    if condition.test == "contains":
        values = ", ".join("json_extract(doc, ?)" for _ in condition.fields)
        return f"has_words(?, {values})", [value, *(_path(name) for name in condition.fields)]
    raise ValueError(f"{condition.test!r} is not a test that a condition can have")


def _path(field: str) -> str:
    if not field.isidentifier():
        raise ValueError(f"{field!r} is not a field name")
    return f"$.{field}"
