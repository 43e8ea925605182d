"""What was sent and what arrived: every attempt noted, and judged by the retry rules. Pure."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import actuallycare as ac

MARK = "x-soak-attempt"
"""The header that identifies an attempt in the server's log."""
RETRIED = {408, 429, 502, 503, 504}


@dataclass(slots=True)
class Attempt:
    """One request of one call. Neither status nor error: a timeout or a cancellation cut it off."""

    mark: str
    call: int
    method: str
    url: str
    status: int | None = None
    whole: bool = True
    """Whether the body was what a success must be; it is not looked at otherwise."""
    error: ac.APIConnectionError | None = None

    @property
    def unsent(self) -> bool:
        """Whether the SDK says that it cannot have arrived."""
        return self.error is not None and not self.error.sent

    @property
    def may_be_repeated(self) -> bool:
        """By the rules of docs/retries.md, written down again here."""
        if self.status == 429 or self.unsent:
            return True
        if self.method == "POST":
            return False
        return self.status is None or self.status in RETRIED


@dataclass(slots=True)
class Ended:
    """How a call came out: its exception, or None; `cancelled` when the soak cancelled it."""

    call: int
    error: Exception | None = None
    cancelled: bool = False
    hurried: bool = False
    """Whether it had a deadline of its own, past which no wait is begun."""


@dataclass(slots=True)
class Ledger:
    """One round."""

    attempts: dict[str, Attempt] = field(default_factory=dict[str, Attempt])
    ends: list[Ended] = field(default_factory=list[Ended])

    def requests(self) -> dict[tuple[int, str, str], list[Attempt]]:
        """The attempts of each request, in order; the pages of one call are requests each."""
        found: defaultdict[tuple[int, str, str], list[Attempt]] = defaultdict(list)
        for attempt in self.attempts.values():
            found[attempt.call, attempt.method, attempt.url].append(attempt)
        return dict(found)


def is_success(content: bytes) -> bool:
    """Whether a body is a success envelope."""
    try:
        body = json.loads(content)
    except ValueError:
        return False
    return isinstance(body, dict) and "data" in body


def wrongs_of_calls(ledger: Ledger, *, most: int) -> Iterable[str]:
    """Calls that ended as they must not, and requests that were repeated against the rules."""
    for (call, method, url), attempts in ledger.requests().items():
        shown = f"call {call}: {method} {url}: {[a.status or a.error for a in attempts]}"
        if len(attempts) > most:
            yield f"{shown}: more than {most} attempts"
        for attempt in attempts[:-1]:
            if not attempt.may_be_repeated:
                yield f"{shown}: sent again after {attempt.status or attempt.error}"
    last = {attempt.call: attempt for attempt in ledger.attempts.values()}
    sent = Counter((a.call, a.method, a.url) for a in ledger.attempts.values())
    for end in ledger.ends:
        attempt = last.get(end.call)
        if end.cancelled or attempt is None:
            continue
        tries = sent[attempt.call, attempt.method, attempt.url]
        excused = end.hurried or _asked_too_long(end.error)
        if attempt.may_be_repeated and tries < most and not excused:
            yield f"call {end.call} gave up after {tries} attempts: {end.error!r}"
        wrong = _wrong_end(attempt, end.error)
        if wrong:
            yield f"call {end.call}: {attempt.method} {attempt.url}: {wrong}"


def _asked_too_long(error: Exception | None) -> bool:
    return isinstance(error, ac.RateLimitError) and (error.retry_after or 0) > 1


def _wrong_end(attempt: Attempt, error: Exception | None) -> str | None:
    """Why a call whose last attempt went so must not have ended in this."""
    if attempt.status is None:
        expected: type[Exception] | None = ac.APIConnectionError
    elif attempt.status >= 300:
        expected = ac.APIStatusError
    else:
        expected = None if attempt.whole else ac.DecodeError
    if expected is None:
        return None if error is None else f"its answer was a success, it raised {error!r}"
    if not isinstance(error, expected):
        return f"{expected.__name__} was due, it ended in {error!r}"
    if isinstance(error, ac.APIStatusError) and error.status_code != attempt.status:
        return f"the last status was {attempt.status}, it ended in {error!r}"
    return None


def wrongs_of_arrivals(ledger: Ledger, log: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    """What the server's log and our own do not agree on."""
    seen: Counter[str] = Counter()
    for arrival in log:
        mark = arrival["headers"].get(MARK, "")
        seen[mark] += 1
        attempt = ledger.attempts.get(mark)
        if attempt is None:
            yield f"the server saw a request that was never made: {arrival['path']}"
        elif attempt.status is not None and attempt.status != arrival["status"]:
            yield f"{mark}: the server answered {arrival['status']}, {attempt.status} arrived"
    for mark, attempt in ledger.attempts.items():
        if seen[mark] > 1:
            yield f"{mark}: {attempt.method} arrived {seen[mark]} times"
        if seen[mark] and attempt.unsent:
            yield f"{mark}: reported as not sent, and it arrived"
        if not seen[mark] and attempt.status is not None:
            yield f"{mark}: answered {attempt.status}, and the server never saw it"


def wrongs_of_effects(made: Mapping[str, int], created: Mapping[str, bool]) -> Iterable[str]:
    """Records that are there twice, or are not there although their creation succeeded.

    `made` counts the records by their mark; `created` maps each mark to whether its call succeeded.
    """
    for mark, succeeded in created.items():
        count = made.get(mark, 0)
        if count > 1:
            yield f"{mark} was created {count} times"
        if succeeded and count == 0:
            yield f"{mark} was created and is not there"
    for mark in made.keys() - created.keys():
        yield f"{mark} is there, and nobody created it"
