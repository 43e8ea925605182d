"""Receive deliveries as an ASGI application: alone, or under Starlette and FastAPI."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from functools import partial
from types import TracebackType
from typing import Final, Self, TypeAlias, cast

import anyio
from attrs import define, field

from ..._core.background import BackgroundTasks
from ..._core.clock import Clock, SystemClock
from ..._core.errors import ConfigurationError, DecodeError
from ..._core.event_loop import LoopOwner
from ..._core.logs import logger
from ..._core.settings import (
    validate_callable,
    validate_clock,
    validate_count,
    validate_methods,
    validate_seconds,
)
from ..._core.unset import UNSET, Unset
from ..event import WebhookEvent, parse
from ..secret import Secrets, read_secrets
from ..verification import CLOCK_SKEW, TOLERANCE, check, check_seconds
from .idempotency import IdempotencyStore, InMemoryIdempotencyStore
from .messages import (
    METHOD_NOT_ALLOWED,
    Receive,
    Scope,
    Send,
    StatusResponse,
    read_body,
    run_lifespan,
    send_response,
)

Handler: TypeAlias = Callable[[WebhookEvent], Awaitable[None]]
"""Your function for an event. An exception that it raises is logged and fails this event only.

`KeyboardInterrupt` and `SystemExit` are raised again: they end the application.
"""

MAX_BODY_BYTES: Final = 1024 * 1024
"""Default length of the longest accepted body."""

_DONE: Final = StatusResponse(200, "done")
_DUPLICATE: Final = StatusResponse(200, "duplicate")
_ACCEPTED: Final = StatusResponse(202, "accepted")
_UNREADABLE: Final = StatusResponse(422, "unreadable")
_FAILED: Final = StatusResponse(500, "failed")
_BUSY: Final = StatusResponse(503, "busy", ((b"retry-after", b"60"),))
_STOPPING: Final = StatusResponse(503, "stopping", ((b"retry-after", b"60"),))
_COMPLETE_TIMEOUT: Final = 5.0
"""Seconds for the idempotency store to record the outcome."""

_seconds = partial(validate_seconds, allow_zero=True)


@define(eq=False)
class _Job:
    """One event whose handler runs, or waits for others to end."""

    event: WebhookEvent
    finished: anyio.Event = field(factory=anyio.Event)
    is_started: bool = False
    """Whether the handler has been started; before, the event waits for its turn."""
    response: StatusResponse = _BUSY
    waiting: int = 0
    """Requests that wait for the handler to end."""
    ending: BaseException | None = None
    """What the handler raised to end the application; the requests that wait raise it."""


class WebhookReceiver:
    """An ASGI application that verifies deliveries and calls your function with their events::

        receiver = WebhookReceiver(on_event, os.environ["WEBHOOK_SECRET"])

        @asynccontextmanager
        async def lifespan(app):
            async with receiver:
                yield

        app = Starlette(routes=[Route("/hooks", receiver)], lifespan=lifespan)

    Served on its own, it runs its own lifespan. It responds with 200 if the handler returns within
    `response_timeout` seconds; with 500 if the handler raises, and the vendor tries again; with 202
    if the handler is still running, and the handler continues. Leaving `async with` rejects further
    deliveries and waits for the handlers that run.

    Args:
        handler: an async function that is called with each event, once for each delivery.
        secret: what the webhook was registered with; several while it is being rotated.
        store: remembers deliveries, so that a repeated one is not handled again; default: in the
            memory of this process. None: every delivery is handled.
        tolerance: seconds that a delivery may be old; None for any age.
        clock_skew: seconds that it may be dated in the future.
        match_timestamp: whether the header's timestamp must be the one in the body, see `verify`.
        response_timeout: seconds until the response at the latest. The vendor does not publish how
            long it waits.
        read_timeout: seconds that the sender may take for the body.
        shutdown_timeout: seconds that handlers may take after shutdown starts; then they are
            cancelled.
        max_body_bytes: longest body to accept.
        max_concurrency: handlers that run at once. Further events wait; one that does not start
            within `response_timeout` gets a 503, and the vendor repeats it.
        max_queue: events that wait; further ones get a 503 at once.
        clock: time, for tests.

    Raises:
        ConfigurationError: no secret, or one that is shorter than the vendor allows; a setting of
            another type; a number that is negative or NaN.
    """

    def __init__(
        self,
        handler: Handler,
        secret: Secrets,
        *,
        store: IdempotencyStore | Unset | None = UNSET,
        tolerance: float | None = TOLERANCE,
        clock_skew: float = CLOCK_SKEW,
        match_timestamp: bool = True,
        response_timeout: float = 5.0,
        read_timeout: float = 30.0,
        shutdown_timeout: float = 30.0,
        max_body_bytes: int = MAX_BODY_BYTES,
        max_concurrency: int = 100,
        max_queue: int = 1_000,
        clock: Clock | None = None,
    ) -> None:
        secrets = read_secrets(secret)
        del secret  # a traceback with locals must not show it
        if isinstance(secrets, str):
            raise ConfigurationError(secrets)
        check_seconds(tolerance=tolerance, clock_skew=clock_skew)
        validate_callable("handler", handler)
        store = InMemoryIdempotencyStore() if store is UNSET else store
        validate_methods("store", store, ("acquire", "complete"), "an IdempotencyStore")
        validate_clock(clock)
        self._handler = handler
        self._secrets = secrets
        self._store = store
        self._tolerance = tolerance
        self._clock_skew = clock_skew
        self._match_timestamp = match_timestamp
        self._response_timeout = _seconds("response_timeout", response_timeout)
        self._read_timeout = _seconds("read_timeout", read_timeout)
        self._shutdown_timeout = _seconds("shutdown_timeout", shutdown_timeout)
        self._max_body_bytes = validate_count("max_body_bytes", max_body_bytes)
        self._max_concurrency = validate_count("max_concurrency", max_concurrency)
        self._max_queue = validate_count("max_queue", max_queue, least=0)
        self._clock = clock or SystemClock()
        self._tasks: BackgroundTasks | None = None
        self._owner: LoopOwner
        self._semaphore: anyio.Semaphore
        self._stopping = False
        self._jobs: set[_Job] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection. ASGI servers and frameworks call this."""
        match scope["type"]:
            case "http":
                await send_response(send, await self._respond(scope, receive))
            case "lifespan":
                await run_lifespan(self, receive, send)
            case _:
                await send({"type": "websocket.close"})

    async def __aenter__(self) -> Self:
        if self._tasks is not None:
            raise ConfigurationError("The receiver is running already; enter it once.")
        self._tasks = BackgroundTasks()
        self._owner = LoopOwner("receiver")
        self._owner.check()
        self._semaphore = anyio.Semaphore(self._max_concurrency)
        self._stopping = False
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        tasks = self._running()
        self._stopping = True
        try:
            # Shielded: events already acknowledged must finish even if the app is cancelled.
            with anyio.move_on_after(self._shutdown_timeout, shield=True):
                for job in tuple(self._jobs):
                    await job.finished.wait()
        finally:
            await self._cancel_jobs(tasks)

    async def _cancel_jobs(self, tasks: BackgroundTasks) -> None:
        """Cancel the handlers that still run."""
        names = ", ".join(sorted(job.event.name for job in self._jobs if job.is_started))
        if names:
            logger.error(
                "webhooks: cancelled after %g s: %s; reconcile with the API",
                self._shutdown_timeout,
                names,
            )
        try:
            await tasks.aclose()
        finally:
            self._tasks = None

    def __repr__(self) -> str:
        secrets = getattr(self, "_secrets", None)
        if secrets is None:  # __init__ raised; a traceback with locals still asks for the repr
            return f"<{type(self).__name__} (unconfigured)>"
        return f"<{type(self).__name__} {secrets!r}, {len(self._jobs)} in progress>"

    async def _respond(self, scope: Scope, receive: Receive) -> StatusResponse:
        if scope["method"] != "POST":
            return METHOD_NOT_ALLOWED
        if self._stopping:
            return _STOPPING
        self._running()
        body = await read_body(
            scope, receive, max_bytes=self._max_body_bytes, timeout=self._read_timeout
        )
        if not isinstance(body, bytes):
            return body
        event = self._read(body, scope)
        if isinstance(event, StatusResponse):
            return event
        if self._stopping:  # while the body was read
            return _STOPPING
        deadline = anyio.current_time() + self._response_timeout
        job = self._find_job(event)
        if job is None:
            job = _Job(event)
            await self._start(job, deadline)
        await self._wait(job, deadline)
        if job.finished.is_set():
            return job.response
        return _ACCEPTED if job.is_started else _BUSY

    async def _wait(self, job: _Job, deadline: float) -> None:
        """Wait for a job to finish, until the deadline at most."""
        job.waiting += 1
        try:
            with anyio.CancelScope(deadline=deadline):
                await job.finished.wait()
        finally:
            job.waiting -= 1
        if job.ending is not None:
            raise job.ending

    async def _start(self, job: _Job, deadline: float) -> None:
        """Start the handler in its turn; finish the job with a 503 when that comes too late."""
        is_full = len(self._jobs) >= self._max_concurrency + self._max_queue
        self._jobs.add(job)
        try:
            if not is_full:
                await self._start_in_turn(job, deadline)
        finally:
            if not job.is_started:
                self._jobs.discard(job)
                job.finished.set()

    async def _start_in_turn(self, job: _Job, deadline: float) -> None:
        try:
            self._semaphore.acquire_nowait()
        except anyio.WouldBlock:
            with anyio.CancelScope(deadline=deadline) as scope:
                await self._semaphore.acquire()
            if scope.cancelled_caught:
                return
        if self._stopping:
            self._semaphore.release()
            job.response = _STOPPING
            return
        job.is_started = True
        job.response = _FAILED
        # In its own task, so that neither a timeout nor a disconnect of the sender ends it.
        self._running().start_soon(self._run, job, name=f"webhook {job.event.name}")

    def _read(self, body: bytes, scope: Scope) -> WebhookEvent | StatusResponse:
        """Return the event of a genuine delivery, or the response that rejects it."""
        reason = check(
            body,
            scope["headers"],
            self._secrets,
            tolerance=self._tolerance,
            clock_skew=self._clock_skew,
            match_timestamp=self._match_timestamp,
            now=self._clock.now(),
        )
        if reason is not None:
            logger.warning("webhooks: rejected a delivery: %s", reason)
            return StatusResponse(401, reason)
        try:
            return parse(body, scope["headers"])
        except DecodeError as error:
            # Without the error's message, which contains an excerpt of personal data.
            logger.error("webhooks: cannot read %s at %r", error.operation, error.field)
            return _UNREADABLE

    def _find_job(self, event: WebhookEvent) -> _Job | None:
        """Return the running job of an earlier attempt, which then has the same outcome."""
        if self._store is None:
            return None
        key = event.idempotency_key
        return next((job for job in self._jobs if job.event.idempotency_key == key), None)

    async def _run(self, job: _Job) -> None:
        try:
            job.response = await self._handle_once(job.event)
        except BaseException as error:
            ending, failure = _split(error)
            if failure is not None:
                logger.error("webhooks: %s: the handler failed", job.event.name, exc_info=failure)
            if ending is not None:
                # Through the request, if there is one: it belongs to a task of the application.
                if not job.waiting or _is_cancelled():
                    raise ending from None
                job.ending = ending
        finally:
            self._semaphore.release()
            self._jobs.discard(job)
            job.finished.set()

    async def _handle_once(self, event: WebhookEvent) -> StatusResponse:
        """Call the handler, unless an earlier attempt of this delivery was handled."""
        if self._store is None:
            await self._handler(event)
            return _DONE
        if not await self._store.acquire(event.idempotency_key):
            return _DUPLICATE
        done = False
        try:
            await self._handler(event)
            done = True
        finally:
            with anyio.fail_after(_COMPLETE_TIMEOUT, shield=True):
                await self._store.complete(event.idempotency_key, done=done)
        return _DONE

    def _running(self) -> BackgroundTasks:
        if self._tasks is None:
            raise ConfigurationError(
                "The webhook receiver is not running. Enter it in the lifespan of your "
                "application: `async with receiver: yield`."
            )
        self._owner.check()
        return self._tasks


def _is_cancelled() -> bool:
    # anyio reports a deadline of minus infinity inside a cancelled scope.
    return anyio.current_effective_deadline() == -math.inf


def _split(error: BaseException) -> tuple[BaseException | None, BaseException | None]:
    """Return what ends the receiver and what fails one event; a group can contain both."""
    if isinstance(error, GeneratorExit):  # possibly outside an event loop: do not ask anyio
        return None, error
    kinds: tuple[type[BaseException], ...] = (KeyboardInterrupt, SystemExit)
    # A handler can raise CancelledError itself, for instance by awaiting a task that another
    # cancelled. Only a scope around this task makes it a real cancellation.
    if _is_cancelled():
        kinds += (anyio.get_cancelled_exc_class(),)
    if isinstance(error, BaseExceptionGroup):
        return cast("BaseExceptionGroup[BaseException]", error).split(kinds)
    return (error, None) if isinstance(error, kinds) else (None, error)
