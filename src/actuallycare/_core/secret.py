"""Credentials that show in no repr, str, log line or pickle."""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar, cast

from .unset import UNSET

T = TypeVar("T")


class Secret:
    """A credential that shows in no repr, str, log line or pickle."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The credential itself. Only transports need it."""
        return self._value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return "Secret('…')"

    def __reduce__(self) -> NoReturn:
        raise TypeError("credentials are not pickled; make a new client in the other process")


def seal(value: T) -> T:
    """A secret argument so wrapped that no repr shows it; anything but text as it is.

    The type is kept, since what goes through is only ever encoded: `unseal` undoes it there.
    """
    return cast("T", Secret(value)) if isinstance(value, str) else value


def unseal(value: Any) -> Any:
    """What `seal` wrapped, and anything else as it is."""
    return value.reveal() if isinstance(value, Secret) else value


def hide(value: Any) -> str:
    """Repr of a secret field: whether it is there, never what it is."""
    return repr(value) if value is None or value is UNSET else "'…'"
