"""Payload to model, and on failure the exact field.

Generated `parse` functions are straight-line code without bookkeeping. When one raises, it is run
once more over a payload that notes which field was read last: only a failure pays for its path.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from ..errors import DecodeError
from ..json_value import is_array, is_object, json_type

T = TypeVar("T")

_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError)


def decode(
    parse: Callable[[Any], T],
    payload: Any,
    *,
    operation: str,
    at: str = "",
    confidential: bool = False,
) -> T:
    """`parse(payload)`; DecodeError with operation and field when it cannot be read.

    `at` is the path of the payload in the body, such as `data`. Where the payload may hold
    credentials, `confidential`, the error shows no value.
    """
    try:
        return parse(payload)
    except _UNREADABLE as error:
        failure = _explain(parse, payload, operation, at, error, confidential)
    raise failure


def without_frames(read: Callable[[], T]) -> T:
    """What `read` gives; a DecodeError of it without the frames below.

    Their locals are the payload, which error trackers would show: credentials and personal data.
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
    confidential: bool,
) -> DecodeError:
    trail = _Trail(at, payload)
    try:
        parse(_noting(payload, at, trail))
    except _UNREADABLE as again:
        error = again
    field = trail.field or "the payload"
    if isinstance(error, KeyError):
        return DecodeError(operation, "the field is missing", field=field)
    if confidential:
        kind = json_type(trail.value)
        return DecodeError(operation, f"{kind} of another form was expected", field=field)
    reason, shown = _reason(error, trail.value), _shown(trail.value)
    return DecodeError(operation, reason, field=field, excerpt=shown)


def _shown(value: Any) -> str:
    try:
        return json.dumps(value, default=repr, ensure_ascii=False)[:200]
    except RecursionError:  # the parser goes deeper than the encoder
        return "nested too deeply to be shown"


def _reason(error: Exception, value: Any) -> str:
    if isinstance(error, AttributeError):  # what reading a field of a non-object ends in
        return f"expected an object, got {json_type(value)}"
    if isinstance(error, TypeError) and "fromisoformat" in str(error):
        return f"expected a date, got {json_type(value)}"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return str(error) or type(error).__name__


class _Trail:
    """The field that was read last."""

    __slots__ = ("field", "value")

    def __init__(self, field: str, value: Any) -> None:
        self.field, self.value = field, value

    def note(self, field: str, value: Any) -> Any:
        self.field, self.value = field, value
        return _noting(value, field, self)


def _noting(value: Any, field: str, trail: _Trail) -> Any:
    if is_object(value):
        return _NotingDict(value, field, trail)
    if is_array(value):
        return _NotingList(value, field, trail)
    return value


class _NotingDict(dict[str, Any]):
    def __init__(self, source: Mapping[str, Any], field: str, trail: _Trail) -> None:
        super().__init__(source)
        self._field, self._trail = field, trail

    def _at(self, key: str) -> str:
        return f"{self._field}.{key}" if self._field else key

    def __getitem__(self, key: str) -> Any:
        self._trail.note(self._at(key), None)
        return self._trail.note(self._at(key), super().__getitem__(key))

    def get(self, key: str, default: Any = None) -> Any:
        return self._trail.note(self._at(key), super().get(key, default))

    def items(self) -> Any:
        return [(key, self[key]) for key in self]

    def filled(self) -> Mapping[str, Any]:
        """What `codec.read_again` reads next: None for what is not there."""
        return _FilledDict(self, self._field, self._trail)


class _FilledDict(_NotingDict):
    def __missing__(self, key: str) -> None:
        return None

    def filled(self) -> Mapping[str, Any]:
        return self


class _NotingList(list[Any]):
    def __init__(self, source: list[Any], field: str, trail: _Trail) -> None:
        super().__init__(source)
        self._field, self._trail = field, trail

    def __iter__(self) -> Iterator[Any]:
        for index, item in enumerate(super().__iter__()):
            yield self._trail.note(f"{self._field}[{index}]", item)
