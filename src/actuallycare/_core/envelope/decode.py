"""Decode a payload into a model; on failure, find the exact field.

Generated `parse` functions do not track their position. When one raises, it runs a second time over
a payload that records which field was read last, so only a failure pays for the path.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from ..decode_policy import DecodePolicy
from ..errors import DecodeError
from ..json_value import is_array, is_object, json_type
from .unreadable import decoding

T = TypeVar("T")

_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError)


def decode(
    parse: Callable[[Any], T],
    payload: Any,
    *,
    operation: str,
    at: str = "",
    sensitive: bool = False,
    policy: DecodePolicy | None = None,
) -> T:
    """Return `parse(payload)`; DecodeError with operation and field when it cannot be read.

    `at` is the path of the payload in the body, such as `data`. The error of a `sensitive` payload,
    which may contain credentials, shows no value. `policy` decides about values that are not of
    their declared type.
    """
    with decoding(policy or DecodePolicy(), operation):
        try:
            return parse(payload)
        except _UNREADABLE as error:
            failure = _explain(parse, payload, operation, at, error, sensitive)
    raise failure


def strip_traceback(read: Callable[[], T]) -> T:
    """Call `read`; strip the traceback from any DecodeError.

    The locals of its frames are the payload, which error trackers would show: credentials and
    personal data.
    """
    try:
        return read()
    except DecodeError as error:
        failure = error.with_traceback(None)
    raise failure


def _explain(
    parse: Callable[[Any], Any],
    payload: Any,
    operation: str,
    at: str,
    error: Exception,
    sensitive: bool,
) -> DecodeError:
    tracker = _PathTracker(at, payload)
    first = _first_unreadable(parse, payload) if is_array(payload) else 0
    try:
        parse(_trace(payload, at, tracker, first))
    except _UNREADABLE as again:
        error = again
    field = tracker.field or "the payload"
    if isinstance(error, KeyError):
        return DecodeError(operation, "the field is missing", field=field)
    if sensitive:
        kind = json_type(tracker.value)
        return DecodeError(operation, f"{kind} of another form was expected", field=field)
    reason = _reason(error, tracker.value)
    return DecodeError(operation, reason, field=field, excerpt=_excerpt(tracker.value))


def _first_unreadable(parse: Callable[[Any], Any], rows: list[Any]) -> int:
    """Return the index of the first row that cannot be read, as tracing all would take long."""
    for index, row in enumerate(rows):
        try:
            parse([row])
        except _UNREADABLE:
            return index
    return 0


def _excerpt(value: Any) -> str:
    try:
        return json.dumps(value, default=repr, ensure_ascii=False)[:200]
    except RecursionError:  # the parser allows deeper nesting than the encoder
        return "nested too deeply to be shown"


def _reason(error: Exception, value: Any) -> str:
    if isinstance(error, AttributeError):  # raised by reading a field of a non-object
        return f"expected an object, got {json_type(value)}"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return str(error) or type(error).__name__


class _PathTracker:
    """Records the field that was read last."""

    __slots__ = ("field", "value")

    def __init__(self, field: str, value: Any) -> None:
        self.field = field
        self.value = value

    def record(self, field: str, value: Any) -> Any:
        self.field = field
        self.value = value
        return _trace(value, field, self)


def _trace(value: Any, field: str, tracker: _PathTracker, first: int = 0) -> Any:
    """Return a copy that records what is read; of an array without the items before `first`."""
    if is_object(value):
        return _TracingDict(value, field, tracker)
    if is_array(value):
        return _TracingList(value, field, tracker, first)
    return value


class _TracingDict(dict[str, Any]):
    def __init__(self, source: Mapping[str, Any], field: str, tracker: _PathTracker) -> None:
        super().__init__(source)
        self._field = field
        self._tracker = tracker

    def _at(self, key: str) -> str:
        return f"{self._field}.{key}" if self._field else key

    def __getitem__(self, key: str) -> Any:
        self._tracker.record(self._at(key), None)
        return self._tracker.record(self._at(key), super().__getitem__(key))

    def get(self, key: str, default: Any = None) -> Any:
        return self._tracker.record(self._at(key), super().get(key, default))

    def items(self) -> Any:
        return [(key, self[key]) for key in self]


class _TracingList(list[Any]):
    def __init__(self, source: list[Any], field: str, tracker: _PathTracker, first: int) -> None:
        super().__init__(source[first:])
        self._first = first
        self._field = field
        self._tracker = tracker

    def __iter__(self) -> Iterator[Any]:
        for index, item in enumerate(super().__iter__(), self._first):
            yield self._tracker.record(f"{self._field}[{index}]", item)
