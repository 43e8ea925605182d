"""A local ActuallyCare: the vendor's API, stateful and offline, for development and tests.

Run it with `python -m actuallycare_sandbox`, in a thread with `run_sandbox()`, or in process with
`create_app()` and `httpx.ASGITransport`; in pytest, take the fixture `actuallycare_sandbox`. It
reads `openapi.json` with its own code and never imports the SDK, so that a defect of one cannot
hide a defect of the other.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .backend import Backend
    from .clock import Clock
    from .control.faults import Fault, FaultError
    from .data.store import StoreError
    from .http.app import create_app
    from .http.handle import RunningSandbox
    from .http.in_process import InProcessSandbox, in_process
    from .http.server import AddressInUseError, run_sandbox
    from .protocol.rate_limit import Limit, Limits
    from .settings import Settings
    from .spec.document import DocumentError

# Loaded on first use: pytest imports this package in every run, because of the plugin, also where
# the extra's dependencies are not installed.
_MODULES = {
    "AddressInUseError": "http.server",
    "Backend": "backend",
    "Clock": "clock",
    "DocumentError": "spec.document",
    "Fault": "control.faults",
    "FaultError": "control.faults",
    "InProcessSandbox": "http.in_process",
    "Limit": "protocol.rate_limit",
    "Limits": "protocol.rate_limit",
    "RunningSandbox": "http.handle",
    "Settings": "settings",
    "StoreError": "data.store",
    "create_app": "http.app",
    "in_process": "http.in_process",
    "run_sandbox": "http.server",
}

__all__ = [
    "AddressInUseError",
    "Backend",
    "Clock",
    "DocumentError",
    "Fault",
    "FaultError",
    "InProcessSandbox",
    "Limit",
    "Limits",
    "RunningSandbox",
    "Settings",
    "StoreError",
    "create_app",
    "in_process",
    "run_sandbox",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_MODULES[name]}", __name__), name)
    globals()[name] = value
    return value
