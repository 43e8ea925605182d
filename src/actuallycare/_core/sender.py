"""The retry loop: authenticate, wait for a rate-limit slot, send, then return, retry or raise.

Three timeouts limit a call, because each covers what the others cannot:

- `Options.timeout` limits one attempt, from connecting to the last byte, whatever the transport.
- The connect timeout of a transport (`transports/_timeouts.py`) is shorter. When it fires, the
  request is known to be unsent, so that every operation may be retried.
- `RetryPolicy.max_elapsed` limits the call with all attempts and waits. Deadlines of the caller
  (`anyio.fail_after`, `asyncio.timeout`) are respected too: no wait starts that would exceed them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, NoReturn

import anyio
from attrs import Factory, define, field, frozen

from .auth.credentials import Credentials, select_scheme
from .clock import Clock
from .decode_policy import DecodePolicy
from .envelope.unwrap import is_failure, read_body, status_error
from .errors import (
    ActuallyCareError,
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
)
from .extras import NO_EXTRAS, Extras
from .http import AuthHeader, Exchange, Request, Response
from .instrumentation import CallTrace, Instrumentation, start_trace
from .lifecycle import ClientLifecycle
from .operation import Call, Operation, Scheme
from .rate_limit import (
    RateLimit,
    read_rate_limit,
    shares_global_limit,
)
from .retry.attempt_log import log_retry, log_success, log_wait
from .retry.cooldown import Cooldown
from .retry.job import current_job
from .retry.policy import AttemptOutcome, RetryEvent, RetryPolicy, WaitEvent, check_retry
from .retry.rate_limiter import Pacer, RateLimiter, acquire_permission
from .secret import replace_secrets
from .semaphore import RequestSemaphore
from .serialize import build_request
from .transports import Transport

_MIN_JITTER = 0.1
"""Backoff is random, but never so short that several attempts follow each other at once."""


@frozen(kw_only=True)
class Options:
    """The options that `with_options` can change."""

    timeout: float | None
    """Seconds for each attempt, from connecting to the last byte of the body; None for no limit."""
    retry: RetryPolicy = field(validator=check_retry)
    max_response_bytes: int | None = None
    """Longest body to accept, after decompression; None for no limit."""
    extras: Extras = NO_EXTRAS
    """Headers, query parameters and members of bodies that win over those of a call."""


@define
class RateLimitState:
    """The most recent rate limit reported by the API, ignoring `/auth`, which has its own.

    Shared by all views of a client.
    """

    rate_limit: RateLimit | None = None


@frozen(kw_only=True)
class Sender:
    """Sends calls over one transport."""

    transport: Transport
    base_url: str
    headers: Mapping[str, str]
    """Headers of each request, unless the call sets them."""
    credentials: Credentials
    options: Options
    clock: Clock
    query: Mapping[str, Any] = field(factory=dict[str, Any], repr=False)
    """Query parameters of each request, unless the call sets them."""
    rate_limit_state: RateLimitState = field(factory=RateLimitState)
    lifecycle: ClientLifecycle = field(factory=ClientLifecycle)
    rate_limiter: RateLimiter | None = None
    cooldown: Cooldown = field(
        default=Factory(lambda self: Cooldown(Pacer(self.clock)), takes_self=True)
    )
    on_retry: Callable[[RetryEvent], None] | None = None
    on_wait: Callable[[WaitEvent], None] | None = None
    semaphore: RequestSemaphore | None = None
    """Limits the attempts in flight; None for no limit."""
    instrumentation: Instrumentation | None = None
    decode_policy: DecodePolicy = field(factory=DecodePolicy)
    """Shared by all views of a client, so that a field is reported once."""
    for_login: bool = False
    """Whether it sends the calls of a login, which are no attempts of the job that needs it."""

    def __reduce__(self) -> NoReturn:
        # Every client, resource and pager has a sender.
        raise TypeError(
            "A client cannot be pickled, because of its connections: create one in each process, "
            "such as at the level of a module."
        )

    async def send(self, call: Call) -> Exchange:
        """Return the successful exchange for `call`, or raise the error of the last attempt."""
        if not call.operation.sensitive:
            return await self._send(call)
        try:
            return await self._send(call)
        except BaseException as error:
            # The frames below have the bodies, with passwords and tokens in them.
            raise error.with_traceback(None) from None

    async def _send(self, call: Call) -> Exchange:
        options = self.options
        scheme = select_scheme(call.operation, self.credentials)
        request = build_request(
            call,
            base_url=self.base_url,
            headers=self.headers,
            timeout=options.timeout,
            max_bytes=options.max_response_bytes,
            query=self.query,
            extras=options.extras,
        )
        with anyio.CancelScope() as scope:
            self.lifecycle.start_call(scope)
            try:
                if self.instrumentation is not None:
                    return await self._send_traced(request, scheme, self.instrumentation)
                return await self._send_with_retries(request, scheme, None)
            finally:
                self.lifecycle.end_call(scope)
        message = "the client was closed while the call was in progress"
        raise APIConnectionError(message, request=request.without_auth(), sent=True)

    async def _send_traced(
        self, request: Request, scheme: Scheme | None, instrumentation: Instrumentation
    ) -> Exchange:
        trace = start_trace(instrumentation, request, self.base_url)
        if trace is None:
            return await self._send_with_retries(request, scheme, None)
        if trace.headers:
            request = request.with_default_headers(trace.headers)
        try:
            exchange = await self._send_with_retries(request, scheme, trace)
        except BaseException as error:
            trace.on_end(error)
            raise
        trace.on_end(None)
        return exchange

    async def _send_with_retries(
        self, request: Request, scheme: Scheme | None, trace: CallTrace | None
    ) -> Exchange:
        operation = request.operation
        rejected: AuthHeader | None = None
        uncertain = False
        attempt = 1
        elapsed = 0.0
        while True:
            auth = await self.credentials.header(scheme)
            elapsed += await self._wait_for_rate_limit(operation, elapsed, trace)
            await self._acquire_slot(operation)
            started = self.clock.monotonic()
            result = await self._attempt(request.with_auth(auth), trace)
            if isinstance(result, Exchange):
                log_success(operation, attempt, result.response.status_code)
                return result
            # Time spent logging in or in the caller's rate limiter does not count: only failures
            # of the server do.
            elapsed += self.clock.monotonic() - started
            if uncertain and isinstance(result, APIStatusError):
                result.may_have_succeeded = True
            outcome = _outcome(operation, result)
            uncertain = uncertain or outcome.may_have_succeeded
            if isinstance(result, AuthenticationError) and rejected is None and auth is not None:
                # A rejected request had no effect: send it again if there is another credential.
                rejected = auth
                wait = 0.0
                if await self.credentials.header(scheme, rejected=rejected) == rejected:
                    raise result
            else:
                delay = self._retry_delay(attempt, outcome, elapsed)
                if delay is None:
                    raise result
                wait = delay
            self._notify_retry(operation, attempt, result, wait, trace)
            await self.clock.sleep(wait)
            elapsed += wait
            attempt += 1

    async def _wait_for_rate_limit(
        self, operation: Operation, elapsed: float, trace: CallTrace | None
    ) -> float:
        """Wait until a request may be sent; return the seconds that count towards max_elapsed."""
        if trace is None:
            return await self._acquire_permission(operation, elapsed)
        started = self.clock.monotonic()
        try:
            return await self._acquire_permission(operation, elapsed)
        finally:
            trace.on_throttled(self.clock.monotonic() - started)

    async def _acquire_permission(self, operation: Operation, elapsed: float) -> float:
        if not shares_global_limit(operation):
            return 0.0
        limiter = self._current_rate_limiter()
        on_wait = partial(self._notify_wait, operation)
        if limiter is not None:
            await acquire_permission(limiter, on_wait)
            return 0.0
        if self.cooldown.try_acquire():
            return 0.0
        started = self.clock.monotonic()
        max_wait = self._retry_policy().max_throttle_wait(elapsed, time_left=_time_left())
        await self.cooldown.acquire(max_wait, on_wait=on_wait)
        return self.clock.monotonic() - started

    def _current_rate_limiter(self) -> RateLimiter | None:
        job = current_job.get()
        return self.rate_limiter if job is None else job.rate_limiter(self.rate_limiter, self.clock)

    def _retry_policy(self) -> RetryPolicy:
        job = current_job.get()
        return self.options.retry if job is None else job.retry_policy(self.options.retry)

    async def _acquire_slot(self, operation: Operation) -> None:
        """Wait until fewer than `max_concurrency` attempts are in flight."""
        if self.semaphore is None:
            return
        try:
            await self.semaphore.acquire()
        except BaseException:
            self._on_attempt_finished(operation, None, None, self.clock.now())
            raise

    def _on_attempt_finished(
        self,
        operation: Operation,
        response: Response | None,
        limit: RateLimit | None,
        received_at: datetime,
    ) -> None:
        """Release the permission of the rate limiter; remember the rate limit of the response."""
        if not shares_global_limit(operation):
            return
        if limit is not None:
            self.rate_limit_state.rate_limit = limit
        limiter = self._current_rate_limiter()
        if limiter is None:
            self.cooldown.release(response, limit, received_at)
        else:
            limiter.release(response)

    async def _attempt(
        self, request: Request, trace: CallTrace | None
    ) -> Exchange | ActuallyCareError:
        """Send once. An error after which a retry may succeed is returned rather than raised."""
        try:
            received = await self._transmit(request)
        except BaseException:
            self._end_attempt(request.operation, None)
            raise
        if isinstance(received, APIConnectionError):
            self._end_attempt(request.operation, None)
            return received
        now = self._end_attempt(request.operation, received)
        if trace is not None:
            trace.on_response(received.status_code)
        if not received.is_success:
            return status_error(received, request, now=now)
        is_repeated = request.is_repeated_in(received.content)
        operation = request.operation.protected(is_repeated)
        body = read_body(received, operation, max_bytes=request.max_bytes)
        if is_failure(body):
            return status_error(received, request, now=now)
        return Exchange(received, body, now, self.decode_policy, is_repeated)

    def _end_attempt(self, operation: Operation, response: Response | None) -> datetime:
        """Release what the attempt acquired; return the current time."""
        if self.semaphore is not None:
            self.semaphore.release()
        now = self.clock.now()
        limit = None if response is None else read_rate_limit(response.headers, now=now)
        self._on_attempt_finished(operation, response, limit, now)
        return now

    async def _transmit(self, request: Request) -> Response | APIConnectionError:
        """Return the response or the reason why there is none; report the attempt to the job."""
        job = None if self.for_login else current_job.get()
        if job is None:
            return await self._receive(request)
        await job.start_attempt()
        # Of an attempt that is cancelled, or whose response cannot be read.
        operation = request.operation
        outcome = AttemptOutcome(None, operation.idempotent, safe=operation.safe)
        try:
            result = await self._receive(request)
            outcome = _outcome(operation, result)
            return result
        finally:
            job.end_attempt(outcome)

    async def _receive(self, request: Request) -> Response | APIConnectionError:
        with anyio.move_on_after(request.timeout):
            try:
                return await self.transport.send(request)
            except APIConnectionError as error:
                # The library may quote bytes of the server, which may repeat the credential.
                text = replace_secrets(str(error), request.sent_secrets())
                error.args = (text,)
                return error
        message = f"no complete response within {request.timeout:g} s"
        return APITimeoutError(message, request=request.without_auth(), sent=True)

    def _retry_delay(self, attempt: int, outcome: AttemptOutcome, elapsed: float) -> float | None:
        """Return the seconds to wait before the next attempt, or None to give up."""
        return self._retry_policy().next_wait(
            attempt,
            outcome,
            elapsed=elapsed,
            time_left=_time_left(),
            jitter=random.uniform(_MIN_JITTER, 1.0),
        )

    def _notify_wait(self, operation: Operation, seconds: float) -> None:
        """Report that an attempt waits for the rate limit."""
        log_wait(operation, seconds)
        if self.on_wait is not None:
            self.on_wait(WaitEvent(operation=operation.name, wait=seconds))

    def _notify_retry(
        self,
        operation: Operation,
        attempt: int,
        error: ActuallyCareError,
        wait: float,
        trace: CallTrace | None,
    ) -> None:
        status = correlation_id = None
        if isinstance(error, APIStatusError):
            status = error.status_code
            correlation_id = error.correlation_id
        log_retry(operation, attempt, status, wait, correlation_id)
        if trace is None and self.on_retry is None:
            return
        event = RetryEvent(
            operation=operation.name,
            attempt=attempt,
            wait=wait,
            status=status,
            error=error,
            correlation_id=correlation_id,
        )
        # The trace first: the caller's function may end the call by raising.
        if trace is not None:
            trace.on_retry(event)
        if self.on_retry is not None:
            self.on_retry(event)


def _outcome(operation: Operation, result: Response | ActuallyCareError) -> AttemptOutcome:
    """Return how an attempt ended that got this response or error."""
    return AttemptOutcome(
        result.status_code if isinstance(result, (Response, APIStatusError)) else None,
        operation.idempotent,
        sent=not isinstance(result, APIConnectionError) or result.sent,
        retry_after=result.retry_after if isinstance(result, APIStatusError) else None,
        safe=operation.safe,
    )


def _time_left() -> float:
    """Return the seconds until the caller's own deadline."""
    return anyio.current_effective_deadline() - anyio.current_time()
