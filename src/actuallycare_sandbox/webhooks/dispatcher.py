"""Sends webhook deliveries, in a thread that is started by the first one.

A delivery is stored in the transaction of the change that it tells of, so none is lost, and none
tells of a change that was refused. A thread rather than a task: the application also runs in
process, under any event loop, and there nobody would run a task of the sandbox.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from datetime import datetime

import httpx

from ..clock import Clock, timestamp
from ..data.query import Selection, having
from ..data.store import Store
from ..json_value import Record
from ..settings import Settings
from .delivery import after_attempt, new_delivery, on_this_machine, signed, subscribed

log = logging.getLogger("actuallycare_sandbox")

_TIMEOUT_SECONDS = 10.0
_LOG_LENGTH = 1_000
"""So many deliveries of each webhook are kept."""


class Courier:
    """Stores deliveries when events happen, and sends those that are due.

    Args:
        store: where webhooks and deliveries are.
        clock: decides what is due.
        settings: waits between attempts, and where deliveries may go.
    """

    def __init__(self, store: Store, clock: Clock, settings: Settings) -> None:
        self._store = store
        self._clock = clock
        self._settings = settings
        self._thread: threading.Thread | None = None
        self._wake = threading.Event()
        self._stopped = False
        self._sending = threading.Lock()
        clock.listeners.append(self.wake)

    def enqueue(self, events: Sequence[tuple[str, Record]]) -> bool:
        """Store a delivery for each subscription to each event; whether there is any.

        Belongs inside the transaction in which the events happened.
        """
        if not events:
            return False
        webhooks = self._store.select(Selection("webhooks"), descending=False)
        due = [
            new_delivery(webhook, event, record, self._clock.now())
            for event, record in events
            for webhook in webhooks
            if subscribed(webhook, event)
        ]
        self._store.add_all("deliveries", ((d, d["webhook_id"]) for d in due))
        return bool(due)

    def wake(self) -> None:
        """Look for due deliveries now; starts the thread."""
        if not self._settings.background or self._stopped:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="courier", daemon=True)
            self._thread.start()
        self._wake.set()

    def resume(self) -> None:
        """Take up what an earlier process left undelivered."""
        if self._store.count(Selection("deliveries", (having("status", "pending"),))):
            self.wake()

    def stop(self) -> None:
        """End the thread; what is due stays stored."""
        self._stopped = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def deliver_due(self) -> int:
        """Try every delivery that is due; how many were tried."""
        with self._sending:
            tried = 0
            with httpx.Client(timeout=_TIMEOUT_SECONDS, trust_env=False) as client:
                for delivery in self._due():
                    if self._stopped:
                        break
                    self._attempt(client, delivery)
                    tried += 1
            return tried

    def _due(self) -> list[Record]:
        with self._store.transaction():
            pending = Selection("deliveries", (having("status", "pending"),))
            now = timestamp(self._clock.now())
            return self._store.select(
                pending.where(having("next_attempt_at", now, "le")), descending=False
            )

    def _attempt(self, client: httpx.Client, delivery: Record) -> None:
        with self._store.transaction():
            webhook = self._store.get("webhooks", delivery["webhook_id"])
        if webhook is None:
            with self._store.transaction():
                self._store.remove("deliveries", delivery["id"])
            return
        status, error = self._post(client, webhook, delivery)
        now = self._clock.now()
        waits = self._settings.retry_seconds
        with self._store.transaction():
            self._store.put("deliveries", after_attempt(delivery, now, status, error, waits))
            self._triggered(delivery["webhook_id"], now)
            self._trim(delivery["webhook_id"])

    def _post(
        self, client: httpx.Client, webhook: Record, delivery: Record
    ) -> tuple[int | None, str | None]:
        """(response status, error); one of them is None."""
        if not self._settings.deliver_anywhere and not on_this_machine(webhook["url"]):
            return None, "not sent: the sandbox delivers to this machine only (deliver_anywhere)"
        body, headers = signed(delivery, webhook["secret"])
        try:
            status = client.post(webhook["url"], content=body, headers=headers).status_code
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            return None, f"{type(error).__name__}: {error}"
        return status, None if 200 <= status < 300 else f"answered {status}"

    def _triggered(self, id: str, now: datetime) -> None:
        if webhook := self._store.get("webhooks", id):
            self._store.put("webhooks", webhook | {"last_triggered": timestamp(now)})

    def _trim(self, webhook: str) -> None:
        done = Selection("deliveries", (having("status", "pending", "ne"),), owner=webhook)
        for old in self._store.select(done, offset=_LOG_LENGTH):
            self._store.remove("deliveries", old["id"])

    def _run(self) -> None:
        while not self._stopped:
            self._wake.clear()
            try:
                self.deliver_due()
            except Exception:
                log.exception("webhook deliveries failed")
            self._wake.wait(self._pause())

    def _pause(self) -> float | None:
        """Seconds until the next delivery is due; None: until somebody wakes the thread."""
        with self._store.transaction():
            pending = Selection("deliveries", (having("status", "pending"),))
            following = self._store.select(
                pending, sort="next_attempt_at", descending=False, limit=1
            )
        if not following:
            return None
        due = datetime.fromisoformat(following[0]["next_attempt_at"])
        return max(0.01, (due - self._clock.now()).total_seconds())
