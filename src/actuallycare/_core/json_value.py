"""JSON: parse it, test the type of parsed values, and name their types."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NoReturn, TypeGuard

_MAX_VALUES = 1_000_000
"""Values that a JSON text may have, unless it may be longer than 64 MB."""
_BYTES_PER_VALUE = 64
_MAX_OBJECTS = 100_000
"""Objects that a JSON text may have, unless it may be longer than 64 MB: reading one into a model
takes about as long as parsing 50 values."""
_BYTES_PER_OBJECT = 640


def has_too_many_values(content: bytes, max_bytes: int | None) -> bool:
    """Whether parsing would block the event loop for seconds, as 64 MB of `[],[],[]` do.

    Count what separates values. That is fast, and too high only where text is full of commas. A
    thread would not help: parsers in C keep the interpreter's lock until they are done.
    """
    if max_bytes is None or len(content) <= _MAX_VALUES:
        return False
    objects = content.count(b"{")
    separators = content.count(b",") + content.count(b"[") + objects
    return separators > max(_MAX_VALUES, max_bytes // _BYTES_PER_VALUE) or objects > max(
        _MAX_OBJECTS, max_bytes // _BYTES_PER_OBJECT
    )


def parse_json(content: bytes) -> Any:
    """Parse a JSON text, with msgspec when it is installed (extra `fast`).

    The result is the same with and without it: the standard library decides about everything that
    msgspec rejects. Raises ValueError (RFC 8259: NaN and Infinity are not JSON) or RecursionError.
    """
    fast = fast_parser()
    if fast is not None:
        decode, rejections = fast
        try:
            return decode(content)
        except rejections:
            pass
    return json.loads(content, parse_constant=_reject_constant)


@cache
def fast_parser() -> tuple[Callable[[bytes], Any], tuple[type[Exception], ...]] | None:
    """Return msgspec's parser, if it is installed.

    A client asks for it when it is created. Importing takes file descriptors, of which a process
    may have none left when a response arrives.
    """
    try:
        from msgspec import MsgspecError
        from msgspec.json import Decoder
    except ImportError:
        return None
    # MsgspecError is a ValueError since msgspec 0.21 only.
    return Decoder().decode, (MsgspecError, ValueError, RecursionError)


def _reject_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def is_object(value: Any) -> TypeGuard[Mapping[str, Any]]:
    """Whether a parsed value is a JSON object."""
    # Parsers return a dict, and this test is ten times faster than the one on Mapping.
    return type(value) is dict or isinstance(value, Mapping)


def is_array(value: Any) -> TypeGuard[list[Any]]:
    """Whether a parsed value is a JSON array."""
    return isinstance(value, list)


def json_type(value: Any) -> str:
    """Name the JSON type of a parsed value, for messages."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, str):
        return "a string"
    return "an array" if is_array(value) else "an object"
