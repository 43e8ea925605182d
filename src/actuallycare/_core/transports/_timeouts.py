"""Timeouts of all transports."""

from __future__ import annotations

from typing import Final

CONNECT_TIMEOUT: Final = 10.0
"""Connect timeout in seconds."""

CONNECT_TIMEOUT_FRACTION: Final = 0.8
"""Fraction of the attempt timeout for connecting, so that a connect timeout fires first.

After a connect timeout the request is known to be unsent (`sent=False`), so that every operation
may be retried. After a timeout of the attempt that is not known.
"""
