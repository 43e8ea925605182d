"""Aliases for released names that left the document: they warn until a later release drops them."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .errors import ConfigurationError

if TYPE_CHECKING:
    # Every type checker ships typing_extensions (PEP 702). It is not imported at run time.
    from typing_extensions import deprecated as deprecated  # noqa: PLC0414 - exported
else:

    def deprecated(message: str) -> Callable[[Any], Any]:
        """Mark a function as deprecated: each call emits a DeprecationWarning."""

        def mark(function: Callable[..., Any]) -> Callable[..., Any]:
            @functools.wraps(function)
            def call(*args: Any, **kwargs: Any) -> Any:
                warnings.warn(message, DeprecationWarning, stacklevel=2)
                return function(*args, **kwargs)

            call.__deprecated__ = message
            return call

        return mark


def removed_error(message: str) -> ConfigurationError:
    """Return the error that a call of a removed operation raises."""
    return ConfigurationError(message)


def deprecated_class(name: str, replacement: Any, message: str) -> Any:
    """Return the class to use for the deprecated class `name`, with a warning.

    Without a `replacement`, return a class of this name, for annotations. Creating an instance of
    it raises ConfigurationError.
    """
    warnings.warn(message, DeprecationWarning, stacklevel=3)
    return replacement or type(name, (_RemovedClass,), {"__doc__": message, "__slots__": ()})


class _RemovedClass:
    """A class that left the API."""

    __slots__ = ()

    def __init__(self, *_args: Any, **_kwargs: Any) -> None:
        raise removed_error(type(self).__doc__ or "")

    @classmethod
    def from_dict(cls, _src: Any) -> Any:
        """Raise ConfigurationError: nothing is read as this class any more."""
        raise removed_error(cls.__doc__ or "")
