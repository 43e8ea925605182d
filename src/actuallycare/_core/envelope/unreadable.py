"""Values that are not of their declared type: a warning, or an error with `strict`."""

from __future__ import annotations

import logging
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from attrs import fields_dict

from ..decode_policy import DecodePolicy
from ..json_value import json_type
from ..logs import log, logger
from ..record import attribute_names

_LENIENT: Final = DecodePolicy()

_current: ContextVar[tuple[DecodePolicy, str]] = ContextVar("actuallycare_decoding")
"""The policy and the operation of the payload that is being read."""


@contextmanager
def decoding(policy: DecodePolicy, operation: str) -> Generator[None]:
    """Read payloads of `operation` by `policy` inside the block."""
    token = _current.set((policy, operation))
    try:
        yield
    finally:
        _current.reset(token)


def current_policy() -> DecodePolicy:
    """Return the policy of the payload that is being read; a lenient one outside of calls."""
    return _current.get((_LENIENT, ""))[0]


def report(cls: Any, rest: Mapping[str, Any]) -> None:
    """Log a warning for each field in `rest` that was not reported before. Never logs a value.

    Outside of calls, where there is no operation, nothing is logged: whoever calls `from_dict`
    sees the result.
    """
    policy, operation = _current.get((_LENIENT, ""))
    attributes = attribute_names(cls)
    for wire, value in rest.items():
        name = f"{cls.__name__}.{wire}"
        if operation and policy.is_new(operation, name):
            expected = fields_dict(cls)[attributes[wire]].type
            _warn(
                "%s: %s cannot be read: expected %s, got %s. The attribute is None; the value is "
                "in additional_properties.",
                operation,
                name,
                expected,
                json_type(value),
            )


def check_expected(cls: Any, src: Mapping[str, Any], expected: Mapping[str, str]) -> None:
    """Log a warning for each missing field of `expected`; with `strict`, raise KeyError instead.

    Documents often require fields of which lists show only some. `expected` has the attribute of
    each name on the wire.
    """
    policy, operation = _current.get((_LENIENT, ""))
    for wire, attribute in expected.items():
        # `to_dict` writes the names of attributes.
        if wire in src or attribute in src:
            continue
        if policy.strict:
            _ = src[wire]  # raises KeyError, and names the place
        name = f"{cls.__name__}.{wire}"
        if operation and policy.is_new(operation, name):
            _warn(
                "%s: %s is missing, which the API's document requires. The attribute is None.",
                operation,
                name,
            )


def _warn(message: str, operation: str, name: str, *args: object) -> None:
    if logger.isEnabledFor(logging.WARNING):
        fields = {"operation": operation, "field": name}
        log(logging.WARNING, message, operation, name, *args, fields=fields)
