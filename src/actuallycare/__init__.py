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
from ._core.call_options import CallOptions
from ._core.clock import Clock
from ._core.custom_request import RequestOptions
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
    DeadlineExceededError,
    DecodeError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
    UnprocessableError,
    VersionConflictError,
)
from ._core.http import Request, Response
from ._core.pagination.meta import PageMeta
from ._core.pagination.page import Page
from ._core.pagination.pager import Pager
from ._core.public import set_public_module
from ._core.rate_limit import RateLimit
from ._core.response import APIResponse
from ._core.retry.policy import RetryEvent, RetryPolicy, WaitEvent
from ._core.retry.rate_limiter import Pacer, RateLimiter
from ._core.transports import Transport
from ._core.unset import UNSET, Unset
from ._version import __version__
from .client import AsyncActuallyCare
from .views import ClientOptions

if TYPE_CHECKING:
    from . import webhooks
    from ._core.bodies.multipart import File
    from .blocking import ActuallyCare
    from .webhooks import WebhookVerificationError

__all__ = [
    "UNSET",
    "APIConnectionError",
    "APIResponse",
    "APIStatusError",
    "APITimeoutError",
    "AccountLockedError",
    "ActuallyCare",
    "ActuallyCareError",
    "AsyncActuallyCare",
    "AuthenticationError",
    "BadRequestError",
    "CallOptions",
    "ClientOptions",
    "Clock",
    "ConfigurationError",
    "ConflictError",
    "DeadlineExceededError",
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
    "Request",
    "RequestOptions",
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
    "VersionConflictError",
    "WaitEvent",
    "WebhookVerificationError",
    "__version__",
    "models",
    "webhooks",
]

set_public_module(globals(), __all__)

# Loaded on first use: most programs use one of the clients, receive no webhooks and upload no
# files.
_LAZY = {
    "ActuallyCare": ".blocking",
    "File": "._core.bodies.multipart",
    "WebhookVerificationError": ".webhooks",
    "webhooks": ".webhooks",
}


def __dir__() -> list[str]:
    return sorted(__all__)


if not TYPE_CHECKING:  # type checkers would otherwise take any name for an export

    def __getattr__(name: str) -> Any:
        if name not in _LAZY:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module = import_module(_LAZY[name], __name__)
        if name == "webhooks":
            return module
        value = globals()[name] = getattr(module, name)
        if name == "File":
            set_public_module(globals(), [name])
        return value
