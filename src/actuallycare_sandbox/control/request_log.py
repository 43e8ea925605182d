"""The request log: recent requests for tests to inspect, bounded and without credentials."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any

from attrs import define, field

from .redaction import redact_body

MAX_REQUESTS = 1_000
_MAX_BODY = 16_384


@define
class RecordedRequest:
    """A request and the status of its response."""

    method: str
    """HTTP method."""
    path: str
    """Path relative to the base path."""
    query: str
    """Query string as received, not decoded; credentials are redacted."""
    headers: Mapping[str, str]
    """Headers with lower-case names; credentials are shortened to a preview."""
    at: float
    """Time of the request by the sandbox's clock, in seconds since the epoch."""
    body: str | None = None
    """Body as text, credentials redacted; None for `/auth`, for a body that is not UTF-8, and for a
    very long one."""
    status: int | None = None
    """Status of the response; None before it is sent, or if the connection was lost."""
    _chunks: list[bytes] = field(factory=list[bytes], init=False, repr=False)

    def receive(self, chunk: bytes, *, last: bool) -> None:
        """Record a part of the body."""
        if self.path.startswith("/auth/"):  # contains passwords and tokens
            return
        if sum(map(len, self._chunks)) <= _MAX_BODY:
            self._chunks.append(chunk)
        if last:
            self.body = _decode(b"".join(self._chunks))
            self._chunks = []

    def to_dict(self) -> dict[str, Any]:
        """Return the request as JSON values."""
        return {
            "method": self.method,
            "path": self.path,
            "query": self.query,
            "headers": self.headers,
            "at": self.at,
            "body": self.body,
            "status": self.status,
        }


class RequestLog:
    """The latest requests, oldest first."""

    def __init__(self) -> None:
        self._requests: deque[RecordedRequest] = deque(maxlen=MAX_REQUESTS)

    def add(self, request: RecordedRequest) -> None:
        """Append a request; the oldest one is dropped when the log is full."""
        self._requests.append(request)

    def all(self) -> list[RecordedRequest]:
        """Return the recorded requests."""
        return list(self._requests)

    def clear(self) -> None:
        """Remove all requests."""
        self._requests.clear()


def _decode(body: bytes) -> str | None:
    if len(body) > _MAX_BODY:
        return None
    try:
        return redact_body(body.decode())
    except UnicodeDecodeError:
        return None
