"""Options that every generated method takes beside its own arguments."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypedDict

from .timeout import Timeout
from .unset import UNSET


class CallOptions(TypedDict, total=False):
    """Keyword arguments of every method, such as `client.listings.get(id, timeout=5)`.

    The extras win over what the method would send. Headers that contain credentials or frame the
    message (`Content-Length`, `Host`, `Transfer-Encoding`) raise ConfigurationError.
    """

    extra_headers: Mapping[str, str | None] | None
    """Headers to add or replace; None removes one."""
    extra_query: Mapping[str, Any] | None
    """Query parameters to add or replace; None removes one."""
    extra_body: Mapping[str, Any] | None
    """Members of the body's object to add or replace; UNSET removes one, None sends null."""
    timeout: Timeout | None
    """Seconds for each attempt of this call; None for no limit."""


NAMES = frozenset(CallOptions.__annotations__)


def check_names(options: Mapping[str, Any], function: str, known: frozenset[str] = NAMES) -> None:
    """Raise the TypeError of Python for keyword arguments that are not options."""
    if options and (unknown := sorted(options.keys() - known)):
        raise TypeError(f"{function}() got an unexpected keyword argument {unknown[0]!r}")


def expand_signature(method: Callable[..., Any], options: Any = CallOptions) -> None:
    """Show the options in the signature of a method that takes them as `**options`.

    `help()` then names them, and a mock made by `create_autospec` rejects misspelled arguments.
    """
    signature = inspect.signature(method)
    own = [p for p in signature.parameters.values() if p.kind is not p.VAR_KEYWORD]
    if len(own) < len(signature.parameters):
        shown = signature.replace(parameters=[*own, *_parameters(options)])
        vars(method)["__signature__"] = shown


@cache
def _parameters(options: Any) -> list[inspect.Parameter]:
    return [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=UNSET,
            annotation=getattr(annotation, "__forward_arg__", annotation),
        )
        for name, annotation in inspect.get_annotations(options).items()
    ]
