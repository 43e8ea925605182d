"""Base class of the generated models: show, copy and convert records."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from math import isfinite
from typing import Any, Final, Literal, NoReturn, Self, cast

from attrs import NOTHING, Attribute, define, evolve, fields

from .json_value import is_array, is_object
from .record_repr import REDACTED, full_text, short_text
from .scalars import UnsendableValue, to_scalar

Mode = Literal["python", "json"]
By = Literal["attribute", "wire"]

_ADDITIONAL = "additional_properties"
_PLAIN_TYPES = frozenset({str, int, bool})
"""Of values that JSON has as they are."""


def _reject_change() -> NoReturn:
    raise TypeError(
        "This record has no additional properties, and the empty mapping is shared by all such "
        "records. Use copy.replace() or attrs.evolve() to make a record that has some."
    )


class _NoProperties(dict[str, Any]):
    """An empty mapping that cannot be filled; a dict, which every library can serialize."""

    def __setitem__(self, key: str, value: Any, /) -> NoReturn:
        _reject_change()

    def setdefault(self, key: str, default: Any = None, /) -> NoReturn:
        _reject_change()

    def update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        _reject_change()

    def __ior__(self, _other: Any, /) -> NoReturn:  # type: ignore[misc]
        _reject_change()

    def __reduce__(self) -> str:
        return "NO_PROPERTIES"  # copies and pickles refer to the shared object


NO_PROPERTIES: Final[Mapping[str, Any]] = _NoProperties()
"""The additional properties of a record that has none."""


@define(kw_only=True, repr=False)
class Record:
    """What every model has beside its fields.

    Equality compares all fields. A record can be changed, so it has no hash: key a dict by
    `record.id`.
    """

    additional_properties: Mapping[str, Any] = NO_PROPERTIES
    """Fields that this version does not know, and original values that are not of the declared
    type, by their names in JSON."""

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self:
        """Read a payload. Each model has its own."""
        raise NotImplementedError

    def to_dict(
        self, *, mode: Mode = "python", by: By = "attribute", additional: bool = True
    ) -> dict[str, Any]:
        """Return the record as a dict, nested records included. `from_dict` is the inverse.

        Args:
            mode: "python" keeps dates as they are; "json" returns only what JSON supports.
            by: the keys: "attribute" names, or the names on the "wire".
            additional: whether to include the additional properties.
        """
        if mode not in ("python", "json"):
            raise ValueError(f"mode is {mode!r}; 'python' or 'json' was expected")
        if by not in ("attribute", "wire"):
            raise ValueError(f"by is {by!r}; 'attribute' or 'wire' was expected")
        extra = self.additional_properties if additional else NO_PROPERTIES
        out: dict[str, Any] = {}
        for key, value in self._items(by, extra):
            try:
                out[key] = to_plain(value, mode, by, additional)
            except UnsendableValue as error:
                error.prepend(key)
                problem = error.describe()
                raise ValueError(f"{type(self).__name__}: {problem}.") from None
        return out

    def _items(self, by: By, extra: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """Iterate over (key, value) of each field, and then of each unknown one."""
        attributes = attribute_names(_class(self))
        for name, wire in wire_names(_class(self)).items():
            value = getattr(self, name)
            # The original of a value that could not be read, unless the attribute was set since.
            if value is None and wire in extra:
                value = extra[wire]
            # An unknown field, or another one of the document, may have the name of an attribute.
            taken = name in extra or name in attributes
            yield wire if by == "wire" or taken else name, value
        for key, value in extra.items():
            if key not in attributes:
                yield key, value

    def to_json(self, *, by: By = "attribute", additional: bool = True) -> str:
        """Return the record as JSON text; the arguments are those of `to_dict`."""
        plain = self.to_dict(mode="json", by=by, additional=additional)
        return json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":"))

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Iterate over (name, value), so that `dict(record)` works, which FastAPI tries."""
        return self._items("attribute", self.additional_properties)

    def __replace__(self, **changes: Any) -> Self:
        """Return a copy with changed attributes: `copy.replace` of Python 3.13."""
        return evolve(self, **changes)

    def __repr__(self) -> str:
        # pprint offers no hook for other classes: it writes what repr() returns.
        # https://github.com/python/cpython/blob/v3.13.0/Lib/pprint.py#L179
        if sys._getframe(1).f_globals.get("__name__") == "pprint":  # pyright: ignore[reportPrivateUsage]
            return full_text(type(self).__name__, self._shown())
        return short_text(type(self).__name__, self._shown())

    def __rich_repr__(self) -> Iterator[tuple[str, Any]]:
        yield from self._shown()

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Show all fields in IPython."""
        name = type(self).__name__
        if cycle:
            printer.text(f"{name}(…)")
            return
        with printer.group(4, f"{name}(", ")"):
            for index, (field, value) in enumerate(self._shown()):
                if index:
                    printer.text(",")
                printer.breakable(" " if index else "")
                printer.text(f"{field}=")
                printer.pretty(value)

    def _shown(self) -> list[tuple[str, Any]]:
        """Return all fields as they may be shown: without the values of secrets."""
        secret = False
        shown: list[tuple[str, Any]] = []
        for field in fields(type(self)):
            if field.name == _ADDITIONAL:
                continue
            value = getattr(self, field.name)
            if field.metadata.get("secret"):
                secret = True
                value = REDACTED if value is not None else None
            shown.append((field.name, value))
        if self.additional_properties:
            # A model with credentials may have some that this version does not know.
            value = dict.fromkeys(self.additional_properties, REDACTED) if secret else None
            shown.append((_ADDITIONAL, value or self.additional_properties))
        return shown

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Describe the record to pydantic, and so to FastAPI. Only pydantic calls this."""
        from .record_schema import record_schema

        return record_schema(cls, handler, to_plain)


def _class(record: Record) -> Any:
    # mypy takes a class whose instances have no hash for one that has none itself.
    return type(record)


@cache
def wire_names(cls: Any) -> Mapping[str, str]:
    """Return the name on the wire of each attribute."""
    return {field.name: wire_name(field) for field in fields(cls) if field.name != _ADDITIONAL}


@cache
def known_names(cls: Any) -> frozenset[str]:
    """Return the names on the wire of all attributes."""
    return frozenset(wire_names(cls).values())


@cache
def expected_names(cls: Any) -> Mapping[str, str]:
    """Return the attribute of each name on the wire that the document requires, except `id`."""
    needed = {field.name for field in fields(cls) if field.default is NOTHING}
    return {wire: name for name, wire in wire_names(cls).items() if name in needed - {"id"}}


@cache
def attribute_names(cls: Any) -> Mapping[str, str]:
    """Return the attribute of each name on the wire."""
    return {wire: name for name, wire in wire_names(cls).items()}


def wire_name(field: Attribute[Any]) -> str:
    """Return the name on the wire of one attribute."""
    return str(field.metadata.get("wire", field.name))


def to_plain(
    value: Any, mode: Mode = "python", by: By = "attribute", additional: bool = True
) -> Any:
    """Return a value without records: each as a dict, see `Record.to_dict`."""
    if isinstance(value, Record):
        return value.to_dict(mode=mode, by=by, additional=additional)
    if mode == "json" and isinstance(value, (tuple, set, frozenset)):
        value = list(cast("Iterable[Any]", value))
    if is_array(value):
        return [to_plain(item, mode, by, additional) for item in value]
    if is_object(value):
        return {key: to_plain(item, mode, by, additional) for key, item in value.items()}
    return value if mode == "python" else _json_scalar(value)


def _json_scalar(value: Any) -> Any:
    """Return a single value as JSON supports it. Raises UnsendableValue, as for bytes."""
    if value is None or type(value) in _PLAIN_TYPES:
        return value
    if isinstance(value, float) and not isfinite(value):
        return None  # a server may send 1e999
    if type(value) is datetime.datetime and value.utcoffset() is None:
        return value.isoformat()  # as the program set it: what is read always has an offset
    plain = to_scalar(value)
    if not isinstance(plain, Decimal):
        return plain
    number = float(plain)  # infinite beyond its range
    return number if isfinite(number) else None
