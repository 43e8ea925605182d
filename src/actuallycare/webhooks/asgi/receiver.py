"""Receives deliveries as an ASGI application: alone, or under Starlette and FastAPI."""

from __future__ import annotations

import logging
import math
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Final, Self, TypeAlias, cast

import anyio
from anyio.abc import TaskGroup
from attrs import define, field

from ..._core.clock import Clock, SystemClock
from ..._core.errors import ConfigurationError, DecodeError
from ..._core.unset import UNSET, Unset
from ..event import WebhookEvent, parse
from ..secret import Secrets, read_secrets
from ..verification import CLOCK_SKEW, TOLERANCE, check
from .idempotency import DeliveryLog, MemoryLog
from .messages import (
    METHOD_NOT_ALLOWED,
    Answer,
    Receive,
    Scope,
    Send,
    answer,
    lifespan,
    read_body,
)

Handler: TypeAlias = Callable[[WebhookEvent], Awaitable[None]]
"""What you do about an event. What it raises is logged, and fails this event alone.

`KeyboardInterrupt` and `SystemExit` are raised again: they end the application.
"""

MAX_BODY_BYTES: Final = 1024 * 1024
"""Longest body that is accepted unless you say otherwise."""

_DONE: Final = Answer(200, "done")
_DUPLICATE: Final = Answer(200, "duplicate")
_ACCEPTED: Final = Answer(202, "accepted")
_UNREADABLE: Final = Answer(422, "unreadable")
_FAILED: Final = Answer(500, "failed")
_BUSY: Final = Answer(503, "busy", ((b"retry-after", b"60"),))
_STOPPING: Final = Answer(503, "stopping", ((b"retry-after", b"60"),))
_SETTLE_SECONDS: Final = 5.0

_logger = logging.getLogger("actuallycare")


@define(eq=False)
class _Work:
    """One delivery that is being worked on."""

    event: WebhookEvent
    finished: anyio.Event = field(factory=anyio.Event)
    answer: Answer = _FAILED


class WebhookReceiver:
    """An ASGI application that verifies deliveries and hands their events to you.

        receiver = WebhookReceiver(on_event, os.environ["WEBHOOK_SECRET"])

        @asynccontextmanager
        async def lifespan(app):
            async with receiver:
                yield

        app = Starlette(routes=[Route("/hooks", receiver)], lifespan=lifespan)

    Served by itself, it runs its own lifespan. The work of an event is waited for `answer_within`
    seconds: when it is done by then, the answer is 200; when it fails, 500, and the vendor tries
    again; when it goes on, 202, and it does go on. Leaving `async with` takes no more deliveries,
    and waits for the work under way.

    Args:
        handler: an async function that is called with each event, once for each delivery.
        secret: what the webhook was registered with; several while it is being rotated.
        log: remembers deliveries, so that a repetition is not worked on again; default: in the
            memory of this process. None: every delivery is worked on.
        tolerance: seconds that a delivery may be old; None for any age.
        clock_skew: seconds that it may be dated in the future.
        answer_within: seconds until the answer at the latest. The vendor does not publish how long
            it waits.
        read_within: seconds that the sender may take for the body.
        drain_within: seconds that the work under way may take after the end; then it is cancelled.
        max_body_bytes: longest body to accept.
        max_under_way: deliveries worked on at once; others are answered with 503, and come again.
        clock: time, for tests.

    Raises:
        ConfigurationError: no secret, or one that is shorter than the vendor allows.
    """

    def __init__(
        self,
        handler: Handler,
        secret: Secrets,
        *,
        log: DeliveryLog | Unset | None = UNSET,
        tolerance: float | None = TOLERANCE,
        clock_skew: float = CLOCK_SKEW,
        answer_within: float = 5.0,
        read_within: float = 10.0,
        drain_within: float = 30.0,
        max_body_bytes: int = MAX_BODY_BYTES,
        max_under_way: int = 100,
        clock: Clock | None = None,
    ) -> None:
        secrets = read_secrets(secret)
        del secret  # a traceback with locals must not show it
        if isinstance(secrets, str):
            raise ConfigurationError(secrets)
        self._handler, self._secrets = handler, secrets
        self._log = MemoryLog() if log is UNSET else log
        self._tolerance, self._clock_skew = tolerance, clock_skew
        self._answer_within, self._read_within = answer_within, read_within
        self._drain_within = drain_within
        self._max_body_bytes, self._max_under_way = max_body_bytes, max_under_way
        self._clock = clock or SystemClock()
        self._group: TaskGroup | None = None
        self._stopping = False
        self._under_way: set[_Work] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection, as ASGI servers and frameworks call it."""
        match scope["type"]:
            case "http":
                told = await self._answer(scope, receive)
                if told is not None:
                    await answer(send, told)
            case "lifespan":
                await lifespan(self, receive, send)
            case _:
                await send({"type": "websocket.close"})

    async def __aenter__(self) -> Self:
        if self._group is not None:
            raise ConfigurationError("The receiver is running already; enter it once.")
        self._group, self._stopping = anyio.create_task_group(), False
        await self._group.__aenter__()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        group, self._stopping = self._running(), True
        # Shielded: who cancels the application does not mean to lose what was accepted.
        with anyio.move_on_after(self._drain_within, shield=True):
            for work in tuple(self._under_way):
                await work.finished.wait()
        if self._under_way:
            names = ", ".join(sorted(work.event.name for work in self._under_way))
            _logger.error(
                "webhooks: cancelled after %g s: %s; reconcile with the API",
                self._drain_within,
                names,
            )
        group.cancel_scope.cancel()
        await group.__aexit__(None, None, None)
        self._group = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._secrets!r}, {len(self._under_way)} under way>"

    async def _answer(self, scope: Scope, receive: Receive) -> Answer | None:
        """The whole way of a request; None when nobody waits for an answer any more."""
        if scope["method"] != "POST":
            return METHOD_NOT_ALLOWED
        if self._stopping:
            return _STOPPING
        group = self._running()
        body = await read_body(scope, receive, most=self._max_body_bytes, within=self._read_within)
        if not isinstance(body, bytes):
            return body
        event = self._read(body, scope)
        if isinstance(event, Answer):
            return event
        if self._stopping:  # while the body was read
            return _STOPPING
        work = self._repeated(event)
        if work is None:
            if len(self._under_way) >= self._max_under_way:
                return _BUSY
            work = _Work(event)
            self._under_way.add(work)
            # A task of its own: neither a slow handler nor a sender that hangs up ends it.
            group.start_soon(self._do, work, name=f"webhook {event.name}")
        with anyio.move_on_after(self._answer_within):
            await work.finished.wait()
            return work.answer
        return _ACCEPTED

    def _read(self, body: bytes, scope: Scope) -> WebhookEvent | Answer:
        """The event of a genuine delivery, or why there is none."""
        reason = check(
            body,
            scope["headers"],
            self._secrets,
            tolerance=self._tolerance,
            clock_skew=self._clock_skew,
            now=self._clock.now(),
        )
        if reason is not None:
            _logger.warning("webhooks: a delivery is refused: %s", reason)
            return Answer(401, reason)
        try:
            return parse(body, scope["headers"])
        except DecodeError as error:
            # Not the error itself, which shows an excerpt: these are personal data.
            _logger.error("webhooks: cannot read %s at %r", error.operation, error.field)
            return _UNREADABLE

    def _repeated(self, event: WebhookEvent) -> _Work | None:
        """The work under way of an earlier attempt, whose outcome is this one's too."""
        same = (work for work in self._under_way if work.event.key == event.key)
        return next(same, None) if self._log is not None else None

    async def _do(self, work: _Work) -> None:
        try:
            work.answer = await self._once(work.event)
        except BaseException as error:
            ending, failure = _split(error)
            if failure is not None:
                _logger.error("webhooks: %s: the work failed", work.event.name, exc_info=failure)
            if ending is not None:
                raise ending from None
        finally:
            self._under_way.discard(work)
            work.finished.set()

    async def _once(self, event: WebhookEvent) -> Answer:
        """Hand an event over, unless this delivery was handed over before."""
        if self._log is None:
            await self._handler(event)
            return _DONE
        if not await self._log.claim(event.key):
            return _DUPLICATE
        done = False
        try:
            await self._handler(event)
            done = True
        finally:
            with anyio.fail_after(_SETTLE_SECONDS, shield=True):
                await self._log.settle(event.key, done=done)
        return _DONE

    def _running(self) -> TaskGroup:
        if self._group is None:
            raise ConfigurationError(
                "The webhook receiver is not running. Enter it in the lifespan of your "
                "application: `async with receiver: yield`."
            )
        return self._group


def _split(error: BaseException) -> tuple[BaseException | None, BaseException | None]:
    """Return what ends the receiver and what fails one event; a group can contain both."""
    if isinstance(error, GeneratorExit):  # possibly outside an event loop: do not ask anyio
        return None, error
    kinds: tuple[type[BaseException], ...] = (KeyboardInterrupt, SystemExit)
    # A handler can raise CancelledError itself, for instance by awaiting a task that another
    # cancelled. Passed on, it would cancel the whole task group. Only a scope around this task
    # makes it a real cancellation; anyio then reports a deadline of minus infinity.
    if anyio.current_effective_deadline() == -math.inf:
        kinds += (anyio.get_cancelled_exc_class(),)
    if isinstance(error, BaseExceptionGroup):
        return cast("BaseExceptionGroup[BaseException]", error).split(kinds)
    return (error, None) if isinstance(error, kinds) else (None, error)
