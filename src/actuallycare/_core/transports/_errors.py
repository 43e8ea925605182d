"""Errors that all transports raise."""

from __future__ import annotations

from ..errors import ConfigurationError, DecodeError, redact_userinfo
from ..http import Request


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
