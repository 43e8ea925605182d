"""Instrumentation hooks: the sender reports each call to them. `telemetry.py` implements them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from .http import Request
from .retry.policy import RetryEvent


class CallTrace(Protocol):
    """Records one call from its start to its end, such as a span."""

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers to add to each attempt, such as `traceparent`."""
        ...

    def on_throttled(self, seconds: float) -> None:
        """An attempt has waited this long for the rate limit."""
        ...

    def on_response(self, status: int) -> None:
        """A complete response has arrived."""
        ...

    def on_retry(self, event: RetryEvent) -> None:
        """The attempt has failed. The next one starts after `event.wait` seconds."""
        ...

    def on_end(self, error: BaseException | None) -> None:
        """The call has ended, with a result or with the error that the caller gets."""
        ...


class Instrumentation(Protocol):
    """Starts a trace for each call."""

    def start_call(self, request: Request, base_url: str) -> CallTrace | None:
        """Start to trace a call. The first attempt sends `request` with a credential.

        Return None when nothing records the call.
        """
        ...
