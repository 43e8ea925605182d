"""What arrived at the server, for tests to look at; bounded, and without credentials."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from ..auth.credentials import preview

KEPT = 1_000
_SECRET_HEADERS = frozenset({"x-api-key", "api-key", "authorization", "cookie"})
_LONGEST_BODY = 16_384


@dataclass(slots=True)
class Arrival:
    """A request and what became of it.

    Attributes:
        method: the HTTP method.
        path: relative to the base path.
        query: as it came, undecoded.
        headers: names in lower case; credentials shortened to their first and last characters.
        body: as text; None for /auth, for a body that is no text, or a very long one.
        status: of the answer; None while there is none, or when the connection was lost.
        at: the sandbox's time, seconds since the epoch.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    at: float
    body: str | None = None
    status: int | None = None
    _chunks: list[bytes] = field(default_factory=list[bytes], repr=False)

    def received(self, chunk: bytes, *, last: bool) -> None:
        """A part of the body arrived."""
        if self.path.startswith("/auth/"):
            return
        if sum(map(len, self._chunks)) <= _LONGEST_BODY:
            self._chunks.append(chunk)
        if last:
            whole, self._chunks = b"".join(self._chunks), []
            self.body = _text(whole)

    def described(self) -> dict[str, Any]:
        """As JSON."""
        return {name: value for name, value in asdict(self).items() if not name.startswith("_")}


class Arrivals:
    """The latest requests, the oldest first."""

    def __init__(self) -> None:
        self._kept: deque[Arrival] = deque(maxlen=KEPT)

    def add(self, arrival: Arrival) -> None:
        """Keep one more."""
        self._kept.append(arrival)

    def all(self) -> list[Arrival]:
        """Those that are kept."""
        return list(self._kept)

    def clear(self) -> None:
        """Forget them."""
        self._kept.clear()


def shown_headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers to show, without what would let somebody in."""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in raw}
    return {
        name: preview(value) if name in _SECRET_HEADERS else value
        for name, value in headers.items()
    }


def _text(body: bytes) -> str | None:
    if len(body) > _LONGEST_BODY:
        return None
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None
