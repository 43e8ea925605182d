"""The transports of the SDK. Pass one as `transport=` with your own HTTP client or with options.

    async with aiohttp.ClientSession(proxy="http://proxy.example.com:3128") as session:
        async with AsyncActuallyCare(transport=AiohttpTransport(session)) as client: ...

Each is imported on first use; `"httpx2"` and `"aiohttp"` need the extra of that name.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ._core.http import Headers, Request, Response
from ._core.public import set_public_module
from ._core.transports import Transport, TransportName

if TYPE_CHECKING:
    from ._core.transports.aiohttp import AiohttpTransport
    from ._core.transports.httpx import HttpxTransport
    from ._core.transports.httpx2 import Httpx2Transport

__all__ = [
    "AiohttpTransport",
    "Headers",
    "Httpx2Transport",
    "HttpxTransport",
    "Request",
    "Response",
    "Transport",
    "TransportName",
]

_MODULES = {"AiohttpTransport": "aiohttp", "Httpx2Transport": "httpx2", "HttpxTransport": "httpx"}

set_public_module(globals(), __all__)


def __dir__() -> list[str]:
    return sorted(__all__)


if not TYPE_CHECKING:  # type checkers would otherwise take any name for an export

    def __getattr__(name: str) -> Any:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module = import_module(f"._core.transports.{_MODULES[name]}", __package__)
        value = globals()[name] = getattr(module, name)
        set_public_module(globals(), [name])
        return value
