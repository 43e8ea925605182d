"""Errors that every transport raises alike."""

from __future__ import annotations

from ..errors import ConfigurationError, DecodeError
from ..http import Request


def bad_url(request: Request, error: Exception) -> ConfigurationError:
    """What a transport raises when the HTTP library refuses the URL."""
    return ConfigurationError(f"{request.url!r} is no usable URL ({error}): see base_url.")


def too_large(request: Request) -> DecodeError:
    """What a transport raises when a body, decompressed, is longer than `request.max_bytes`."""
    return DecodeError(
        request.operation.name,
        f"the body is longer than {request.max_bytes:,} bytes; to accept more, pass "
        "max_response_bytes=… (None for no bound)",
    )
