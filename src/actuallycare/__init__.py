"""Async Python SDK for the ActuallyCare REST API.

from actuallycare import AsyncActuallyCare

async with AsyncActuallyCare() as client:
    async for listing in client.listings.list(status="active"):
        print(listing.address, listing.list_price)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from . import models
from ._core.auth.login import Login
from ._core.auth.tokens import TokenProvider, Tokens, TokenStore
from ._core.clock import Clock
from ._core.errors import (
    AccountLockedError,
    ActuallyCareError,
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    ConfigurationError,
    ConflictError,
    DecodeError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
    UnprocessableError,
)
from ._core.http import Request, Response
from ._core.pagination.page import Page, PageMeta
from ._core.pagination.pager import Pager
from ._core.rate_limit import RateLimit
from ._core.response import Reply
from ._core.retry.policy import RetryEvent, RetryPolicy
from ._core.retry.rate_limiter import Pacer, RateLimiter
from ._core.serialize import File
from ._core.transports import Transport
from ._core.unset import UNSET, Unset
from ._version import __version__
from .client import AsyncActuallyCare

if TYPE_CHECKING:
    from . import webhooks
    from .webhooks import WebhookVerificationError

__all__ = [
    "UNSET",
    "APIConnectionError",
    "APIStatusError",
    "APITimeoutError",
    "AccountLockedError",
    "ActuallyCareError",
    "AsyncActuallyCare",
    "AuthenticationError",
    "BadRequestError",
    "Clock",
    "ConfigurationError",
    "ConflictError",
    "DecodeError",
    "File",
    "Login",
    "NotFoundError",
    "Pacer",
    "Page",
    "PageMeta",
    "Pager",
    "PermissionDeniedError",
    "RateLimit",
    "RateLimitError",
    "RateLimiter",
    "Reply",
    "Request",
    "Response",
    "RetryEvent",
    "RetryPolicy",
    "ServerError",
    "TokenProvider",
    "TokenStore",
    "Tokens",
    "Transport",
    "UnprocessableError",
    "Unset",
    "WebhookVerificationError",
    "__version__",
    "models",
    "webhooks",
]

if not TYPE_CHECKING:  # type checkers would otherwise take any name for an export

    def __getattr__(name: str) -> Any:
        # Loaded on first use: most programs receive no deliveries.
        if name not in ("webhooks", "WebhookVerificationError"):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        deliveries = import_module(".webhooks", __name__)
        return deliveries if name == "webhooks" else deliveries.WebhookVerificationError
