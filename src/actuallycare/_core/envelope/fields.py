"""Fields of a payload: dates, nulls, lists and maps.

Generated models call these functions. Each passes nulls through unchanged and raises ValueError or
TypeError for invalid values, which `decode` turns into a `DecodeError` with the field's path.
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
    """A generated class that is read from a payload."""

    raw: Mapping[str, Any]

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self: ...


read_datetime: Final = datetime.datetime.fromisoformat
"""Parse an RFC 3339 date-time. `read_lenient` handles every other form."""
read_date: Final = datetime.date.fromisoformat
"""Parse an RFC 3339 full-date. `read_lenient` handles every other form."""


def to_datetime(value: Any) -> datetime.datetime:
    """Parse an RFC 3339 date-time. An empty string, which CRMs use for "no date", reads as None."""
    text = _date_text(value)
    return cast("datetime.datetime", text and read_datetime(text))


def to_date(value: Any) -> datetime.date:
    """Parse an RFC 3339 full-date; a date-time is cut to its date, an empty string is None."""
    text = _date_text(value)
    return cast("datetime.date", text and read_date(text[:10]))


def _date_text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    raise TypeError(f"expected a date, got {json_type(value)}")


def read_lenient(
    cls: type[M],
    src: Any,
    error: Exception,
    *required: str,
    datetimes: Iterable[str] = (),
    dates: Iterable[str] = (),
) -> M:
    """Read `src` again with missing optional fields as None and lenient dates, as in `to_date`.

    This is the slow path of the generated `from_dict`. Its fast path assumes that every field is
    present and every date is valid, which is faster than testing each. When that raises, it calls
    this function with the `error`, which is raised again if neither assumption was wrong.
    """
    if not is_object(src):
        raise TypeError(f"expected an object, got {json_type(src)}")
    filled: Any = _with_defaults(src)
    if filled is src:  # this is the second attempt already
        raise error
    for name in required:
        _ = src[name]
    for name in datetimes:
        if filled[name] == "":
            filled[name] = None
    for name in dates:
        text = filled[name]
        if isinstance(text, str) and len(text) != 10:
            filled[name] = _date_part(text)
    self = cls.from_dict(filled)
    self.raw = src
    return self


def _date_part(text: str) -> str | None:
    try:
        read_date(text[:10])
    except ValueError:
        return text or None  # `from_dict` rejects the text as it was received
    return text[:10]


class _DefaultingPayload(defaultdict[str, Any]):
    """A payload that reads missing fields as None."""

    def with_defaults(self) -> Mapping[str, Any]:
        return self


def _with_defaults(src: Mapping[str, Any]) -> Mapping[str, Any]:
    own: Callable[[], Mapping[str, Any]] | None = getattr(src, "with_defaults", None)
    return own() if own is not None else _DefaultingPayload(type(None), src)


def optional(value: Any, parse: Callable[[Any], T]) -> T:
    """Return `parse(value)`. A null stays None, even where the document does not allow it."""
    return cast("T", None) if value is None else parse(value)


def to_list(value: Any, parse: Callable[[Any], T]) -> list[T]:
    """Parse each element; nulls stay None."""
    if not is_array(value):
        raise TypeError(f"expected an array, got {json_type(value)}")
    return [cast("T", None) if item is None else parse(item) for item in value]


def to_map(value: Any, parse: Callable[[Any], T]) -> dict[str, T]:
    """Parse each value; nulls stay None."""
    if not is_object(value):
        raise TypeError(f"expected an object, got {json_type(value)}")
    return {k: cast("T", None) if v is None else parse(v) for k, v in value.items()}


def if_object(value: Any, parse: Callable[[Any], T]) -> T:
    """Return `parse(value)` for an object, others unchanged (a union of a model and scalars)."""
    return parse(value) if is_object(value) else cast("T", value)


def identity(value: Any) -> Any:
    """Return the payload unchanged: for results without a model."""
    return value
