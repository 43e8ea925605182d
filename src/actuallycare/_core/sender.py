"""The one loop that sends: credential, attempt, budget, wait, again, or the typed error."""

from __future__ import annotations

import logging
import random
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import anyio
from attrs import define, field, frozen

from .auth import Credentials, choose
from .call import Call, Operation
from .clock import Clock
from .envelope import is_failure, read_body, status_error
from .errors import ActuallyCareError, APIConnectionError, APIStatusError, APITimeoutError
from .rate_limit import RateLimit, read_rate_limit, requested_wait
from .request import Request, Response, build_request
from .retry import Outcome, RetryPolicy
from .transports import Transport

logger = logging.getLogger("actuallycare")


@frozen(kw_only=True)
class Options:
    """What `with_options` can change."""

    timeout: float | None
    """Seconds for each attempt, connecting and reading the body included; None for no bound."""
    retry: RetryPolicy


@define
class Budget:
    """The last rate limit that any response told; shared by all views of one client."""

    rate_limit: RateLimit | None = None


@frozen
class Exchange:
    """A successful response and its parsed body."""

    response: Response
    body: Any = field(repr=False)
    """The parsed JSON; None for texts, downloads and empty bodies."""
    received_at: datetime


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

    async def send(self, call: Call) -> Exchange:
        """The successful exchange for `call`, or the error that the last attempt ended in."""
        operation = call.operation
        request = build_request(
            call,
            base_url=self.base_url,
            headers=self.headers,
            timeout=self.options.timeout,
            auth=choose(operation, self.credentials),
        )
        started = self.clock.monotonic()
        attempt = 1
        while True:
            result = await self._attempt(request)
            if isinstance(result, Exchange):
                return result
            outcome = self._outcome(operation, result)
            wait = self.options.retry.next_wait(
                attempt,
                outcome,
                elapsed=self.clock.monotonic() - started,
                time_left=anyio.current_effective_deadline() - anyio.current_time(),
                jitter=random.random(),
            )
            if wait is None:
                raise result
            told = outcome.status if outcome.status is not None else "no response"
            logger.info("%s attempt %d: %s; waiting %.2f s", operation, attempt, told, wait)
            await self.clock.sleep(wait)
            attempt += 1

    async def _attempt(self, request: Request) -> Exchange | ActuallyCareError:
        """One attempt. What a retry may mend is returned rather than raised."""
        response: Response | None = None
        with anyio.move_on_after(request.timeout):
            try:
                response = await self.transport.send(request)
            except APIConnectionError as error:
                return error
        if response is None:
            message = f"no complete answer within {request.timeout:g} s"
            return APITimeoutError(message, request=request.without_auth(), sent=True)
        now = self.clock.now()
        seen = read_rate_limit(response.headers, now=now)
        if seen is not None:
            self.budget.rate_limit = seen
        if not response.is_success:
            return status_error(response, request, now=now)
        body = read_body(response, request.operation)
        if is_failure(body):
            return status_error(response, request, now=now)
        return Exchange(response, body, now)

    def _outcome(self, operation: Operation, failure: ActuallyCareError) -> Outcome:
        if isinstance(failure, APIStatusError):
            wait = requested_wait(failure.response.headers, now=self.clock.now())
            return Outcome(failure.status_code, operation.idempotent, requested_wait=wait)
        sent = not isinstance(failure, APIConnectionError) or failure.sent
        return Outcome(None, operation.idempotent, sent)
