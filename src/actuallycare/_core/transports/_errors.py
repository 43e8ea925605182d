"""Errors that all transports raise."""

from __future__ import annotations

from typing import Any

from ..errors import ConfigurationError, DecodeError, redact_userinfo
from ..http import Request


def check_client(name: str, value: Any, cls: type[Any]) -> None:
    """Raise ConfigurationError unless the client of a caller is one of `cls`, or None."""
    if value is not None and not isinstance(value, cls):
        shown = f"{type(value).__module__}.{type(value).__qualname__}"
        expected = f"{cls.__module__}.{cls.__qualname__}"
        raise ConfigurationError(f"{name} is a {shown}; an {expected} was expected.")


def bad_url(request: Request, error: Exception) -> ConfigurationError:
    """Return the error to raise when the HTTP library rejects the URL."""
    message = f"{request.url!r} is not a valid URL ({error}): see base_url."
    return ConfigurationError(redact_userinfo(message))


def too_large(request: Request) -> DecodeError:
    """Return the error to raise when a decompressed body is longer than `request.max_bytes`."""
    return DecodeError(
        request.operation.name,
        f"the body is longer than {request.max_bytes:,} bytes; to accept more, pass "
        "max_response_bytes=… (None for no limit)",
    )
