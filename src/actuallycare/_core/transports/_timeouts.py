"""Timeouts that every transport keeps to."""

from __future__ import annotations

from typing import Final

CONNECT_TIMEOUT: Final = 10.0
"""Seconds. A connection that is not there by then hardly ever comes."""

UNSENT_SHARE: Final = 0.8
"""Of the attempt's timeout, for what comes before sending: a timeout there tells `sent=False`, so
that every operation may be retried, where the end of the whole attempt cannot tell."""
