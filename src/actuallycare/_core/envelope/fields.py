"""Fields of a payload: dates, nulls, lists and maps.

Generated models call these; each keeps what it cannot improve (nulls) and raises ValueError or
TypeError for what it cannot read, which `decode` turns into a `DecodeError` with the field's path.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Protocol, Self, TypeVar, cast

from ..json_value import is_array, is_object, json_type

T = TypeVar("T")
M = TypeVar("M", bound="Model")


class Model(Protocol):
    """A generated class of what is read."""

    raw: Mapping[str, Any]

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self: ...


read_datetime: Final = datetime.datetime.fromisoformat
"""An RFC 3339 date-time from its text; what else may stand there, `read_again` knows."""
read_date: Final = datetime.date.fromisoformat
"""An RFC 3339 full-date from its text; what else may stand there, `read_again` knows."""


def to_datetime(value: Any) -> datetime.datetime:
    """An RFC 3339 date-time. An empty string, which CRMs use for "no date", reads as None."""
    text = _date_text(value)
    return cast("datetime.datetime", text and read_datetime(text))


def to_date(value: Any) -> datetime.date:
    """An RFC 3339 full-date; a date-time is cut to its date, an empty string reads as None."""
    text = _date_text(value)
    return cast("datetime.date", text and read_date(text[:10]))


def _date_text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    raise TypeError(f"expected a date, got {json_type(value)}")


def read_again(
    cls: type[M],
    src: Any,
    error: Exception,
    *required: str,
    datetimes: Iterable[str] = (),
    dates: Iterable[str] = (),
) -> M:
    """`src` once more, as tolerantly as `to_datetime` and `to_date`, and with None for what it does
    not hold, the `required` fields aside.

    Generated `from_dict` reads each field as if it were there, and each date as if it were one,
    which is faster than asking, and comes here with the `error` when it is not so.
    """
    if not is_object(src):
        raise TypeError(f"expected an object, got {json_type(src)}")
    filled: Any = _filled(src)
    if filled is src:  # neither a missing field nor another form of a date was what was wrong
        raise error
    for name in required:
        _ = src[name]
    for name in datetimes:
        if filled[name] == "":
            filled[name] = None
    for name in dates:
        text = filled[name]
        if isinstance(text, str) and len(text) != 10:
            filled[name] = _day(text)
    self = cls.from_dict(filled)
    self.raw = src
    return self


def _day(text: str) -> str | None:
    try:
        read_date(text[:10])
    except ValueError:
        return text or None  # for `from_dict` to refuse it in its turn, as it came
    return text[:10]


class _Filled(defaultdict[str, Any]):
    """A payload with None for what it does not hold."""

    def filled(self) -> Mapping[str, Any]:
        return self


def _filled(src: Mapping[str, Any]) -> Mapping[str, Any]:
    own: Callable[[], Mapping[str, Any]] | None = getattr(src, "filled", None)
    return own() if own is not None else _Filled(type(None), src)


def keep_null(value: Any, parse: Callable[[Any], T]) -> T:
    """`parse(value)`, but a null stays None even where the document promises a value."""
    return cast("T", None) if value is None else parse(value)


def to_list(value: Any, parse: Callable[[Any], T]) -> list[T]:
    """Each element parsed; nulls among them stay None."""
    if not is_array(value):
        raise TypeError(f"expected an array, got {json_type(value)}")
    return [cast("T", None) if item is None else parse(item) for item in value]


def to_map(value: Any, parse: Callable[[Any], T]) -> dict[str, T]:
    """Each value parsed; nulls among them stay None."""
    if not is_object(value):
        raise TypeError(f"expected an object, got {json_type(value)}")
    return {k: cast("T", None) if v is None else parse(v) for k, v in value.items()}


def if_object(value: Any, parse: Callable[[Any], T]) -> T:
    """`parse(value)` for an object; any other value as it is (a union of a model and scalars)."""
    return parse(value) if is_object(value) else cast("T", value)


def by_discriminator(
    value: Any,
    key: str,
    parsers: Mapping[str, Callable[[Any], T]],
    default: Callable[[Any], T] | None = None,
) -> T:
    """Return the variant of a union that the member `key` names.

    An unknown one is read by `default`, the base class, or stays as it is without one.
    """
    if not is_object(value):
        raise TypeError(f"expected an object, got {json_type(value)}")
    variant = value.get(key)
    parse = parsers.get(variant, default) if isinstance(variant, str) else default
    return parse(value) if parse is not None else cast("T", value)


def as_is(value: Any) -> Any:
    """The payload unchanged: for results that have no model."""
    return value
