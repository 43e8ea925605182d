"""Instrumentation hooks: the sender reports each call to them. `telemetry.py` implements them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from .http import Request
from .logs import logger
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


class SafeTrace:
    """Reports to a trace. An exception of the trace is logged and never ends the call."""

    def __init__(self, trace: CallTrace) -> None:
        self._trace = trace

    @property
    def headers(self) -> Mapping[str, str]:
        try:
            return self._trace.headers
        except Exception as error:
            _log_failure(error)
            return {}

    def on_throttled(self, seconds: float) -> None:
        self._report(self._trace.on_throttled, seconds)

    def on_response(self, status: int) -> None:
        self._report(self._trace.on_response, status)

    def on_retry(self, event: RetryEvent) -> None:
        self._report(self._trace.on_retry, event)

    def on_end(self, error: BaseException | None) -> None:
        self._report(self._trace.on_end, error)

    def _report(self, hook: Callable[[Any], None], value: Any) -> None:
        try:
            hook(value)
        except Exception as error:
            _log_failure(error)


def start_trace(
    instrumentation: Instrumentation, request: Request, base_url: str
) -> SafeTrace | None:
    """Start to trace a call; None when nothing records it, or the instrumentation fails."""
    try:
        trace = instrumentation.start_call(request, base_url)
    except Exception as error:
        _log_failure(error)
        return None
    return None if trace is None else SafeTrace(trace)


def _log_failure(error: Exception) -> None:
    logger.warning("telemetry: %s: %s", type(error).__name__, error)
