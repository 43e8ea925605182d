"""A local ActuallyCare: the vendor's API, stateful and offline, for development and tests.

Run it with `python -m actuallycare_sandbox`, in a thread with `run_sandbox()`, or in process with
`create_app()` and `httpx.ASGITransport`. It reads `openapi.json` on its own and never imports the
SDK, so that the two cannot be wrong together.
"""

from __future__ import annotations

from .app import create_app
from .backend import Backend
from .clock import Clock
from .document import DocumentError
from .rate_limit import Limit, Limits
from .server import AddressInUseError, RunningSandbox, run_sandbox
from .settings import Settings
from .store import StoreError

__all__ = [
    "AddressInUseError",
    "Backend",
    "Clock",
    "DocumentError",
    "Limit",
    "Limits",
    "RunningSandbox",
    "Settings",
    "StoreError",
    "create_app",
    "run_sandbox",
]
