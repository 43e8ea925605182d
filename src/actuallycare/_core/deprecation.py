"""Names that a release had and the document no longer has: they warn, and go later."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .errors import ConfigurationError

if TYPE_CHECKING:
    # Every type checker brings it (PEP 702); it is never imported when the program runs.
    from typing_extensions import deprecated as deprecated
else:

    def deprecated(message: str) -> Callable[[Any], Any]:
        """Mark a function: each call of it gives a DeprecationWarning."""

        def mark(function: Callable[..., Any]) -> Callable[..., Any]:
            @functools.wraps(function)
            def call(*args: Any, **kwargs: Any) -> Any:
                warnings.warn(message, DeprecationWarning, stacklevel=2)
                return function(*args, **kwargs)

            call.__deprecated__ = message
            return call

        return mark


def removed_error(message: str) -> ConfigurationError:
    """What a call of an operation that left the API raises."""
    return ConfigurationError(message)


def deprecated_class(name: str, instead: Any, message: str) -> Any:
    """What stands for the class `name`, with a warning.

    Without `instead` that is a class of this name, for annotations; making one of it raises
    ConfigurationError.
    """
    warnings.warn(message, DeprecationWarning, stacklevel=3)
    return instead or type(name, (_Gone,), {"__doc__": message, "__slots__": ()})


class _Gone:
    """A class that left the API."""

    __slots__ = ()

    def __init__(self, *_args: Any, **_kwargs: Any) -> None:
        raise removed_error(type(self).__doc__ or "")

    @classmethod
    def from_dict(cls, _src: Any) -> Any:
        """Raise ConfigurationError: nothing is read as this any more."""
        raise removed_error(cls.__doc__ or "")
