"""Timeouts of all transports."""

from __future__ import annotations

import re
from typing import Final

CONNECT_TIMEOUT: Final = 10.0
"""Connect timeout in seconds."""

CONNECT_TIMEOUT_FRACTION: Final = 0.8
"""Fraction of the attempt timeout for connecting, so that a connect timeout fires first.

After a connect timeout the request is known to be unsent (`sent=False`), so that every operation
may be retried. After a timeout of the attempt that is not known.
"""

KEEP_ALIVE: Final = 4.0
"""Seconds that an idle connection is kept when the server does not say how long it keeps it.

A server may close an idle connection while a request is on its way. The request then fails, and a
POST must not be sent again. Node.js closes after 5 s:
https://nodejs.org/api/http.html#serverkeepalivetimeout
"""

_KEEP_ALIVE_MARGIN: Final = 1.0
"""Seconds before the server's own timeout, for the time that a request needs to arrive."""
_MAX_KEEP_ALIVE: Final = 60.0
"""Proxies in between may close earlier than the server says."""
_KEEP_ALIVE_TIMEOUT: Final = re.compile(r"(?:^|[,;\s])timeout\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


def keep_alive_seconds(header: str | None) -> float:
    """Return how long to keep an idle connection after a response with this `Keep-Alive` header.

    https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Keep-Alive
    """
    found = None if header is None else _KEEP_ALIVE_TIMEOUT.search(header)
    if found is None:
        return KEEP_ALIVE
    return min(max(0.0, int(found[1]) - _KEEP_ALIVE_MARGIN), _MAX_KEEP_ALIVE)
