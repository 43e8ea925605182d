"""Send webhook deliveries in a background thread, which the first delivery starts.

A delivery is stored in the transaction of the change that it reports: none is lost, and none
reports a change that was rolled back. It is a thread and not a task because the application also
runs in process, inside event loops that the sandbox does not own.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from datetime import datetime

import httpx

from ..clock import Clock, timestamp
from ..data.query import Selection, where
from ..data.store import Store
from ..json_value import Record
from ..settings import Settings
from .delivery import after_attempt, new_delivery, on_this_machine, signed, subscribed

log = logging.getLogger("actuallycare_sandbox")

_TIMEOUT_SECONDS = 10.0
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
        self._thread: threading.Thread | None = None
        self._wake = threading.Event()
        self._stopped = False
        self._sending = threading.Lock()
        clock.listeners.append(self.wake)

    def enqueue(self, events: Sequence[tuple[str, Record]]) -> bool:
        """Store a delivery for each subscription to each event; return whether there are any.

        Call it inside the transaction in which the events happen.
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
        """Make the thread look for due deliveries now; start it if necessary."""
        if not self._settings.background or self._stopped:
            return
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._run, name="webhook-dispatcher", daemon=True
            )
            self._thread.start()
        self._wake.set()

    def resume(self) -> None:
        """Send the deliveries that an earlier process left pending."""
        if self._store.count(Selection("deliveries", (where("status", "pending"),))):
            self.wake()

    def stop(self) -> None:
        """Stop the thread; pending deliveries stay stored."""
        self._stopped = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def deliver_due(self) -> int:
        """Attempt every due delivery; return the number of attempts."""
        with self._sending:
            attempted = 0
            with httpx.Client(timeout=_TIMEOUT_SECONDS, trust_env=False) as client:
                for delivery in self._due():
                    if self._stopped:
                        break
                    self._attempt(client, delivery)
                    attempted += 1
            return attempted

    def _due(self) -> list[Record]:
        with self._store.transaction():
            pending = Selection("deliveries", (where("status", "pending"),))
            now = timestamp(self._clock.now())
            return self._store.select(
                pending.where(where("next_attempt_at", now, "le")), descending=False
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
            self._record_trigger(delivery["webhook_id"], now)
            self._trim_log(delivery["webhook_id"])

    def _post(
        self, client: httpx.Client, webhook: Record, delivery: Record
    ) -> tuple[int | None, str | None]:
        """Send a delivery; return the response status and the error, each None if there is none."""
        if not self._settings.deliver_anywhere and not on_this_machine(webhook["url"]):
            return None, "not sent: the sandbox delivers to this machine only (deliver_anywhere)"
        body, headers = signed(delivery, webhook["secret"])
        try:
            status = client.post(webhook["url"], content=body, headers=headers).status_code
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            return None, f"{type(error).__name__}: {error}"
        return status, None if 200 <= status < 300 else f"answered {status}"

    def _record_trigger(self, id: str, now: datetime) -> None:
        if webhook := self._store.get("webhooks", id):
            self._store.put("webhooks", webhook | {"last_triggered": timestamp(now)})

    def _trim_log(self, webhook: str) -> None:
        completed = Selection("deliveries", (where("status", "pending", "ne"),), owner=webhook)
        for old in self._store.select(completed, offset=_MAX_LOGGED_DELIVERIES):
            self._store.remove("deliveries", old["id"])

    def _run(self) -> None:
        while not self._stopped:
            self._wake.clear()
            try:
                self.deliver_due()
            except Exception:
                log.exception("webhook deliveries failed")
            self._wake.wait(self._seconds_until_next())

    def _seconds_until_next(self) -> float | None:
        """Return the seconds until the next delivery is due; None if none is pending."""
        with self._store.transaction():
            pending = Selection("deliveries", (where("status", "pending"),))
            upcoming = self._store.select(
                pending, sort="next_attempt_at", descending=False, limit=1
            )
        if not upcoming:
            return None
        due = datetime.fromisoformat(upcoming[0]["next_attempt_at"])
        return max(0.01, (due - self._clock.now()).total_seconds())
