"""What all transports keep to."""

from __future__ import annotations

from typing import Final

from ..errors import ConfigurationError
from ..request import Request

CONNECT_TIMEOUT: Final = 10.0
"""Seconds. A connection that is not there by then hardly ever comes."""

UNSENT_SHARE: Final = 0.8
"""Of the attempt's timeout, for what comes before sending: a timeout there tells `sent=False`, so
that every operation may be retried, where the end of the whole attempt cannot tell."""


def bad_url(request: Request, error: Exception) -> ConfigurationError:
    """What a transport raises when the HTTP library refuses the URL."""
    return ConfigurationError(f"{request.url!r} is no usable URL ({error}): see base_url.")
