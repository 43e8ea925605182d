"""Log records of attempts and waits, with fields for handlers that write structured logs."""

from __future__ import annotations

import logging
from typing import Any

from ..logs import log, logger
from ..operation import Operation


def log_success(operation: Operation, attempt: int, status: int) -> None:
    """Log that an attempt succeeded."""
    if logger.isEnabledFor(logging.DEBUG):
        fields = _fields(operation, attempt, status)
        log(logging.DEBUG, "%s attempt %d: %d", operation, attempt, status, fields=fields)


def log_wait(operation: Operation, seconds: float) -> None:
    """Log that an attempt waits for the rate limit."""
    if logger.isEnabledFor(logging.INFO):
        fields = _fields(operation, wait=seconds)
        message = "%s: waiting %.2f s for the rate limit"
        log(logging.INFO, message, operation, seconds, fields=fields)


def log_retry(
    operation: Operation,
    attempt: int,
    status: int | None,
    wait: float,
    correlation_id: str | None,
) -> None:
    """Log that an attempt failed and another follows."""
    if logger.isEnabledFor(logging.INFO):
        fields = _fields(operation, attempt, status, wait, correlation_id)
        message = "%s attempt %d: %s; waiting %.2f s"
        status_text = "no response" if status is None else status
        log(logging.INFO, message, operation, attempt, status_text, wait, fields=fields)


def _fields(
    operation: Operation,
    attempt: int | None = None,
    status: int | None = None,
    wait: float | None = None,
    correlation_id: str | None = None,
) -> dict[str, Any]:
    return {
        "method": operation.method,
        "path": operation.path,
        "status": status,
        "attempt": attempt,
        "wait": wait,
        "correlation_id": correlation_id,
    }
