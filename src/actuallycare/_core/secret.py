"""Credentials that never appear in a repr, str, log line or pickle."""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar, cast

from .unset import UNSET

T = TypeVar("T")


class Secret:
    """A credential. Its repr, str and pickle do not contain the value."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def get_secret_value(self) -> str:
        """Return the credential itself. Only transports need it."""
        return self._value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return "Secret('…')"

    def __reduce__(self) -> NoReturn:
        raise TypeError("credentials cannot be pickled; create a client in the other process")


def wrap_secret(value: T) -> T:
    """Wrap a string argument in a `Secret`, so that no repr shows it; return others unchanged.

    The declared type stays the same, because the value is only ever encoded:
    `unwrap_secret` undoes it there.
    """
    return cast("T", Secret(value)) if isinstance(value, str) else value


def unwrap_secret(value: Any) -> Any:
    """Return the value inside a `Secret`, and anything else unchanged."""
    return value.get_secret_value() if isinstance(value, Secret) else value


def redact(value: Any) -> str:
    """Return the repr of a secret field: whether there is a value, never the value."""
    return repr(value) if value is None or value is UNSET else "'…'"
