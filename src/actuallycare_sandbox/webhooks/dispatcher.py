"""Send webhook deliveries in a background thread, which the first delivery starts.

A delivery is stored in the transaction of the change that it reports: none is lost, and none
reports a change that was rolled back. It is a thread and not a task because the application also
runs in process, inside event loops that the sandbox does not own. The thread has an event loop of
its own: each webhook gets its deliveries one after the other, and a slow receiver does not delay
those of other webhooks.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from ..clock import Clock, timestamp
from ..data.query import Condition, Selection, where
from ..data.store import Store
from ..dialects.dialect import DIALECTS
from ..json_value import Record
from ..settings import Settings
from .delivery import (
    after_attempt,
    new_delivery,
    new_test_delivery,
    on_this_machine,
    signed,
    subscribed,
)
from .sending import DeliverySender

log = logging.getLogger("actuallycare_sandbox")

_STOP_SECONDS = 0.5
"""Seconds that `stop` waits for the thread, such as for a name that is being resolved."""
_PAUSE_SECONDS = 1.0
"""Seconds to wait after an unexpected error, which would otherwise be logged without end."""
_MAX_LOGGED_DELIVERIES = 1_000
"""Completed deliveries that are kept for each webhook."""


class WebhookDispatcher:
    """Stores a delivery for each subscribed event, and sends those that are due.

    Args:
        store: the storage of webhooks and deliveries.
        clock: the time that decides which deliveries are due.
        settings: the waits between attempts, and the permitted destinations.
    """

    def __init__(self, store: Store, clock: Clock, settings: Settings) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings
        self._dialect = DIALECTS[settings.dialect]
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._busy: set[str] = set()
        """Webhooks whose deliveries are being sent."""
        self._stopped = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake = asyncio.Event()
        clock.listeners.append(self.wake)

    def enqueue(self, events: Sequence[tuple[str, Record]]) -> bool:
        """Store a delivery for each subscription to each event; return whether there are any.

        Call it inside the transaction in which the events happen.
        """
        if not events:
            return False
        webhooks = self._store.select(Selection("webhooks"), descending=False)
        due = [
            new_delivery(webhook, event, record, self._clock.now(), self._dialect)
            for event, record in events
            for webhook in webhooks
            if subscribed(webhook, event)
        ]
        self._store.add_all("deliveries", ((d, d["webhook_id"]) for d in due))
        return bool(due)

    def send_test(self, webhook_id: str) -> None:
        """Send the event `webhook.test` to a subscription.

        Raises:
            LookupError: there is no such subscription.
        """
        with self._store.transaction():
            webhook = self._store.get("webhooks", webhook_id)
            if webhook is None:
                raise LookupError(f"there is no webhook {webhook_id!r}")
            delivery = new_test_delivery(webhook, self._clock.now(), self._dialect)
            self._store.add("deliveries", delivery, webhook_id)
        self.wake()

    def wake(self) -> None:
        """Make the thread look for due deliveries now; start it if necessary."""
        if not self._settings.background:
            return
        with self._lock:
            if self._stopped:
                return
            if self._thread is None:
                self._thread = threading.Thread(
                    target=lambda: asyncio.run(self._run()), name="webhook-dispatcher", daemon=True
                )
                self._thread.start()
            elif self._loop is not None:
                self._loop.call_soon_threadsafe(self._wake.set)

    def resume(self) -> None:
        """Send the deliveries that an earlier process left pending."""
        if self._store.count(Selection("deliveries", (where("status", "pending"),))):
            self.wake()

    def stop(self) -> None:
        """Stop the thread; deliveries that were not sent stay stored."""
        with self._lock:
            self._stopped = True
            thread = self._thread
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._wake.set)
        if thread is not None:
            thread.join(_STOP_SECONDS)

    def deliver_due(self) -> int:
        """Attempt every due delivery; return the number of attempts."""
        attempts = 0

        def run() -> None:
            nonlocal attempts
            attempts = asyncio.run(self._deliver_due())

        with self._changed:  # the thread may be sending some of them
            self._changed.wait_for(lambda: not self._busy)
        # In a thread, because the caller may be inside an event loop.
        thread = threading.Thread(target=run, name="webhook-deliveries")
        thread.start()
        thread.join()
        return attempts

    async def _deliver_due(self) -> int:
        sender = DeliverySender()
        batches = self._claim_due()
        async with asyncio.TaskGroup() as group:
            for webhook, deliveries in batches.items():
                group.create_task(self._send(sender, webhook, deliveries))
        return sum(map(len, batches.values()))

    async def _run(self) -> None:
        """Send deliveries until the dispatcher stops. `asyncio.run` then cancels the tasks."""
        with self._lock:
            self._loop = asyncio.get_running_loop()
        sender = DeliverySender()
        tasks: set[asyncio.Task[None]] = set()
        while not self._stopped:
            self._wake.clear()
            try:
                due = self._claim_due()
                pause = self._seconds_until_next()
            except Exception:
                log.exception("webhook deliveries cannot be read")
                await asyncio.sleep(_PAUSE_SECONDS)
                continue
            for webhook, deliveries in due.items():
                task = asyncio.create_task(self._send(sender, webhook, deliveries))
                tasks.add(task)
                task.add_done_callback(tasks.discard)
            await self._wait(pause)
        with self._lock:
            self._loop = None

    async def _wait(self, seconds: float | None) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()

    def _claim_due(self) -> dict[str, list[Record]]:
        """Return the due deliveries of each webhook that gets none at present."""
        batches: dict[str, list[Record]] = {}
        now = where("next_attempt_at", timestamp(self._clock.now()), "le")
        with self._lock:
            for delivery in self._pending(now):
                if delivery["webhook_id"] not in self._busy:
                    batches.setdefault(delivery["webhook_id"], []).append(delivery)
            self._busy.update(batches)
        return batches

    async def _send(
        self, sender: DeliverySender, webhook: str, deliveries: Sequence[Record]
    ) -> None:
        """Send the deliveries of one webhook."""
        try:
            for delivery in deliveries:
                await self._attempt(sender, delivery)
        except Exception:
            log.exception("webhook deliveries failed")
            await asyncio.sleep(_PAUSE_SECONDS)
        finally:
            with self._changed:
                self._busy.discard(webhook)
                self._changed.notify_all()
            self.wake()

    async def _attempt(self, sender: DeliverySender, delivery: Record) -> None:
        id = delivery["id"]
        webhook_id = delivery["webhook_id"]
        with self._store.transaction():
            webhook = self._store.get("webhooks", webhook_id)
            if webhook is None:
                self._store.remove("deliveries", id)
            if webhook is None or not self._is_pending(id):
                return
        status, error = await self._post(sender, webhook, delivery)
        now = self._clock.now()
        with self._store.transaction():
            changed = after_attempt(
                delivery,
                now,
                status,
                error,
                self._settings.retry_seconds,
                retries_statuses=self._dialect.retries_statuses,
                ended=not self._is_pending(id),
            )
            self._store.put("deliveries", changed)
            self._record_trigger(webhook_id, now)
            self._trim_log(webhook_id)

    def _is_pending(self, id: str) -> bool:
        """Whether a delivery is still to be sent; a deleted webhook ends or removes its own."""
        stored = self._store.get("deliveries", id)
        return stored is not None and stored["status"] == "pending"

    async def _post(
        self, sender: DeliverySender, webhook: Record, delivery: Record
    ) -> tuple[int | None, str | None]:
        if not self._settings.deliver_anywhere and not on_this_machine(webhook["url"]):
            return None, "not sent: the sandbox delivers to this machine only (deliver_anywhere)"
        body, headers = signed(delivery, webhook["secret"])
        return await sender.post(webhook["url"], body, headers)

    def _record_trigger(self, id: str, now: datetime) -> None:
        if webhook := self._store.get("webhooks", id):
            self._store.put("webhooks", webhook | {"last_triggered": timestamp(now)})

    def _trim_log(self, webhook: str) -> None:
        completed = Selection("deliveries", (where("status", "pending", "ne"),), owner=webhook)
        for old in self._store.select(completed, offset=_MAX_LOGGED_DELIVERIES):
            self._store.remove("deliveries", old["id"])

    def _seconds_until_next(self) -> float | None:
        """Return the seconds until the next delivery is due; None if none is waiting."""
        waiting = [d for d in self._pending() if d["webhook_id"] not in self._busy]
        if not waiting:
            return None
        due = datetime.fromisoformat(min(d["next_attempt_at"] for d in waiting))
        return max(0.01, (due - self._clock.now()).total_seconds())

    def _pending(self, *conditions: Condition) -> list[Record]:
        selection = Selection("deliveries", (where("status", "pending"), *conditions))
        with self._store.transaction():
            return self._store.select(selection, descending=False)
