"""The one loop that sends: credential, turn, attempt, budget, wait, again, or the typed error."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import anyio
from attrs import Factory, define, field, frozen

from .auth.credentials import Credentials, choose
from .clock import Clock
from .envelope.unwrap import is_failure, read_body, status_error
from .errors import (
    ActuallyCareError,
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
)
from .gate import Gate
from .http import AuthHeader, Exchange, Request, Response
from .lifecycle import Lifetime
from .operation import Call, Operation, Scheme
from .rate_limit import RateLimit, counts, read_rate_limit, read_retry_after, requested_wait
from .retry.cooldown import Brake
from .retry.policy import Outcome, RetryEvent, RetryPolicy
from .retry.rate_limiter import Pacer, RateLimiter
from .serialize import build_request
from .transports import Transport

logger = logging.getLogger("actuallycare")


@frozen(kw_only=True)
class Options:
    """What `with_options` can change."""

    timeout: float | None
    """Seconds for each attempt, connecting and reading the body included; None for no bound."""
    retry: RetryPolicy
    max_response_bytes: int | None = None
    """Longest body to accept, after decompression; None for no bound."""


@define
class Budget:
    """The last rate limit that a response told, those under /auth aside; shared by all views."""

    rate_limit: RateLimit | None = None


@frozen(kw_only=True)
class Sender:
    """Sends calls over one transport."""

    transport: Transport
    base_url: str
    headers: Mapping[str, str]
    credentials: Credentials
    options: Options
    clock: Clock
    budget: Budget = field(factory=Budget)
    lifetime: Lifetime = field(factory=Lifetime)
    limiter: RateLimiter | None = None
    brake: Brake = field(default=Factory(lambda self: Brake(Pacer(self.clock)), takes_self=True))
    on_retry: Callable[[RetryEvent], None] | None = None
    gate: Gate | None = None
    """Bounds the attempts under way; None: no bound."""

    async def send(self, call: Call) -> Exchange:
        """The successful exchange for `call`, or the error that the last attempt ended in."""
        scheme = choose(call.operation, self.credentials)
        request = build_request(
            call,
            base_url=self.base_url,
            headers=self.headers,
            timeout=self.options.timeout,
            max_bytes=self.options.max_response_bytes,
        )
        with anyio.CancelScope() as scope:
            self.lifetime.enter(scope)
            try:
                return await self._until_done(request, scheme)
            finally:
                self.lifetime.leave(scope)
        message = "the client was closed while the call was under way"
        raise APIConnectionError(message, request=request.without_auth(), sent=True)

    async def _until_done(self, bare: Request, scheme: Scheme | None) -> Exchange:
        operation, credentials = bare.operation, self.credentials
        refused: AuthHeader | None = None
        attempt, elapsed = 1, 0.0
        while True:
            auth = await credentials.header(scheme)
            request = bare.with_auth(auth)
            elapsed += await self._turn(operation, elapsed)
            await self._enter(operation)
            begun = self.clock.monotonic()
            result = await self._attempt(request)
            if isinstance(result, Exchange):
                if logger.isEnabledFor(logging.DEBUG):
                    status = result.response.status_code
                    extra = _facts(operation, attempt, status)
                    logger.debug("%s attempt %d: %d", operation, attempt, status, extra=extra)
                return result
            # Waiting for a login or the caller's limiter is no part of it: the server did not fail.
            elapsed += self.clock.monotonic() - begun
            if isinstance(result, AuthenticationError) and refused is None and scheme == "bearer":
                # Refused before it had any effect: once more with another token, if there is one.
                refused, wait = auth, 0.0
                if await credentials.header(scheme, refused=refused) == refused:
                    raise result
            else:
                told = self.options.retry.next_wait(
                    attempt,
                    self._outcome(operation, result),
                    elapsed=elapsed,
                    time_left=_time_left(),
                    jitter=random.random(),
                )
                if told is None:
                    raise result
                wait = told
            self._tell(operation, attempt, result, wait)
            await self.clock.sleep(wait)
            elapsed += wait
            attempt += 1

    async def _turn(self, operation: Operation, elapsed: float) -> float:
        """Wait until a request may be sent; the seconds of it that the retry policy bounds."""
        if not counts(operation):
            return 0.0
        if self.limiter is not None:
            await self.limiter.acquire()
            return 0.0
        if self.brake.passes():
            return 0.0
        begun = self.clock.monotonic()
        await self.brake.acquire(self.options.retry.patience(elapsed, time_left=_time_left()))
        return self.clock.monotonic() - begun

    async def _enter(self, operation: Operation) -> None:
        """Wait until few enough attempts are under way."""
        if self.gate is None:
            return
        try:
            await self.gate.enter()
        except BaseException:
            self._release(operation, None, None, self.clock.now())
            raise

    def _release(
        self, operation: Operation, response: Response | None, seen: RateLimit | None, now: datetime
    ) -> None:
        """Tell whoever let the request through that it has ended; keep the budget that was seen."""
        if not counts(operation):
            return
        if seen is not None:
            self.budget.rate_limit = seen
        if self.limiter is None:
            self.brake.release(response, seen, now)
        else:
            self.limiter.release(response)

    async def _attempt(self, request: Request) -> Exchange | ActuallyCareError:
        """One attempt. What a retry may mend is returned rather than raised."""
        response: Response | None = None
        try:
            with anyio.move_on_after(request.timeout):
                try:
                    response = await self.transport.send(request)
                except APIConnectionError as error:
                    return error
        finally:
            if self.gate is not None:
                self.gate.leave()
            now = self.clock.now()
            seen = None if response is None else read_rate_limit(response.headers, now=now)
            self._release(request.operation, response, seen, now)
        if response is None:
            message = f"no complete answer within {request.timeout:g} s"
            return APITimeoutError(message, request=request.without_auth(), sent=True)
        if not response.is_success:
            return status_error(response, request, now=now)
        body = read_body(response, request.operation)
        if is_failure(body):
            return status_error(response, request, now=now)
        return Exchange(response, body, now)

    def _outcome(self, operation: Operation, failure: ActuallyCareError) -> Outcome:
        if isinstance(failure, APIStatusError):
            # The API tells RateLimit-Reset on every response: it says how long to wait only after
            # the budget was used up.
            asks = requested_wait if failure.status_code == 429 else read_retry_after
            wait = asks(failure.response.headers, now=self.clock.now())
            return Outcome(failure.status_code, operation.idempotent, requested_wait=wait)
        sent = not isinstance(failure, APIConnectionError) or failure.sent
        return Outcome(None, operation.idempotent, sent)

    def _tell(
        self, operation: Operation, attempt: int, error: ActuallyCareError, wait: float
    ) -> None:
        status = correlation_id = None
        if isinstance(error, APIStatusError):
            status, correlation_id = error.status_code, error.correlation_id
        told = "no response" if status is None else status
        extra = _facts(operation, attempt, status, wait, correlation_id)
        message = "%s attempt %d: %s; waiting %.2f s"
        logger.info(message, operation, attempt, told, wait, extra=extra)
        if self.on_retry is not None:
            event = RetryEvent(
                operation=operation.name,
                attempt=attempt,
                wait=wait,
                status=status,
                error=error,
                correlation_id=correlation_id,
            )
            self.on_retry(event)


def _time_left() -> float:
    """Seconds until the caller's own deadline."""
    return anyio.current_effective_deadline() - anyio.current_time()


def _facts(
    operation: Operation,
    attempt: int,
    status: int | None,
    wait: float | None = None,
    correlation_id: str | None = None,
) -> dict[str, Any]:
    """Attributes of a log record, for handlers that write structured logs."""
    return {
        "method": operation.method,
        "path": operation.path,
        "status": status,
        "attempt": attempt,
        "wait": wait,
        "correlation_id": correlation_id,
    }
