"""Values between Python and the wire: the absent marker, files, dates, nulls, lists and maps.

Generated models call these; each keeps what it cannot improve (nulls) and raises ValueError or
TypeError for what it cannot read, which `decode` turns into a `DecodeError` with the field's path.
"""

from __future__ import annotations

import datetime
import enum
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import IO, Any, Final, Literal, Protocol, Self, TypeVar, cast

from attrs import field, frozen

from .auth import Secret
from .json_value import is_array, is_object, json_type

T = TypeVar("T")
M = TypeVar("M", bound="Model")


class Model(Protocol):
    """A generated class of what is read."""

    raw: Mapping[str, Any]

    @classmethod
    def from_dict(cls, src: Mapping[str, Any]) -> Self: ...


class Unset(enum.Enum):
    """The type of `UNSET`. An enum, so that `value is UNSET` narrows for type checkers."""

    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET
"""Leave this field alone. `None` is different: it sends null."""


@frozen
class File:
    """A file to upload.

    `content` is bytes or a binary file object, which is read once when the call is built, so that
    a retry sends the same bytes.
    """

    content: bytes | IO[bytes] = field(repr=False)
    name: str | None = None
    content_type: str = "application/octet-stream"


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


def by_discriminator(value: Any, key: str, parsers: Mapping[str, Callable[[Any], T]]) -> T:
    """The variant of a union that the member `key` names; an unknown one stays as it is."""
    if not is_object(value):
        raise TypeError(f"expected an object, got {json_type(value)}")
    variant = value.get(key)
    parse = parsers.get(variant) if isinstance(variant, str) else None
    return parse(value) if parse is not None else cast("T", value)


def as_is(value: Any) -> Any:
    """The payload unchanged: for results that have no model."""
    return value


def hide(value: Any) -> str:
    """Repr of a secret field: whether it is there, never what it is."""
    return repr(value) if value is None or value is UNSET else "'…'"


def moment_text(value: datetime.date) -> str:
    """A date, or a date-time with its offset (RFC 3339), as the vendor writes them: `Z` for UTC.

    Raises ValueError for a date-time without an offset, which could mean any instant.
    """
    if isinstance(value, datetime.datetime) and value.tzinfo is None:
        raise ValueError(
            f"{value!r} has no time zone; pass an aware datetime, such as "
            "datetime(…, tzinfo=timezone.utc)"
        )
    text = value.isoformat()
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


def to_wire(value: Any) -> Any:
    """A value of the write side as JSON can carry it: models, dates, and UNSET members left out."""
    # A secret stays sealed until it is encoded.
    if isinstance(value, (str, int, float, Secret)) or value is None:
        return value
    if is_object(value):
        return {k: to_wire(v) for k, v in value.items() if v is not UNSET}
    if isinstance(value, datetime.date):
        return moment_text(value)
    if hasattr(value, "to_dict"):
        return to_wire(value.to_dict())
    if isinstance(value, (list, tuple, set, frozenset)):
        return [to_wire(v) for v in cast("list[Any]", value)]
    raise TypeError(f"cannot send a {type(value).__name__} as JSON")
