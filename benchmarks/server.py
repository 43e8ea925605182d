"""A server that needs little CPU: an asyncio Protocol that writes prepared bytes.

    python -m benchmarks.server [--delay SECONDS]

Prints its port and serves until stdin is closed. `limit` of a list is the number of records of a
page. Every odd request for an id that starts with `wait-` gets a 429; the rest of the id is one of
`FORMS` and selects its headers.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
import time
from collections import defaultdict
from email.utils import formatdate

from . import fixtures

FORMS = ("seconds-0", "seconds-1", "fraction", "date", "date-past", "reset-1", "none-sensible")
"""Forms in which a 429 can request a wait; `wait_headers` returns their headers."""

_LIMIT = re.compile(rb"[?&]limit=(\d+)")
_PAGE = re.compile(rb"[?&]page=(\d+)")


def wait_headers(form: str) -> tuple[dict[str, str], float | None]:
    """Return the headers of a 429, and the wait in seconds that they request; None for no wait."""
    now = time.time()
    if form == "seconds-0":
        return {"Retry-After": "0"}, 0.0
    if form == "seconds-1":
        return {"Retry-After": "1"}, 1.0
    if form == "fraction":
        return {"Retry-After": "0.25"}, 0.25
    if form == "date":
        return {"Retry-After": formatdate(int(now) + 1, usegmt=True)}, 1.0
    if form == "date-past":
        return {"Retry-After": formatdate(int(now) - 9, usegmt=True)}, None
    if form == "reset-1":
        return {
            "RateLimit-Limit": "500",
            "RateLimit-Remaining": "0",
            "RateLimit-Reset": "1",
        }, 1.0
    return {"Retry-After": "soon", "RateLimit-Reset": "1"}, 1.0


def success(body: bytes) -> bytes:
    """Return a complete 200 response with the headers that the vendor documents."""
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "RateLimit-Limit": "500",
        "RateLimit-Remaining": "499",
        "RateLimit-Reset": "900",
        "Date": formatdate(usegmt=True),
    }
    return _response("200 OK", headers, body)


def too_many_requests(headers: dict[str, str]) -> bytes:
    """Return a complete 429 response with `headers`."""
    body = b'{"success":false,"error":{"code":"RATE_LIMITED","message":"Too many requests"}}'
    always = {"Content-Type": "application/json", "Date": formatdate(usegmt=True)}
    return _response("429 Too Many Requests", {**always, **headers}, body)


def _response(status: str, headers: dict[str, str], body: bytes) -> bytes:
    lines = {**headers, "Content-Length": str(len(body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


class Responses:
    """The responses, each of which is built on first use."""

    def __init__(self) -> None:
        self._rows = fixtures.records(fixtures.TOTAL)
        record = {**self._rows[0], "id": fixtures.RECORD_ID}
        self._record = success(fixtures.record_body(record))
        self._pages: dict[tuple[int, int], bytes] = {}
        self._request_counts: defaultdict[bytes, int] = defaultdict(int)

    def for_target(self, target: bytes) -> bytes:
        """Return the response to a request for `target`, a path with its query."""
        if not target.startswith(b"/v1/listings/"):
            page = _PAGE.search(target)
            limit = _LIMIT.search(target)
            number = int(page.group(1)) if page else 1
            return self.page(number, int(limit.group(1)) if limit else fixtures.PAGE)
        if b"/wait-" not in target:
            return self._record
        self._request_counts[target] += 1
        if self._request_counts[target] % 2 == 0:
            return self._record
        headers, _ = wait_headers(target.partition(b"/wait-")[2].decode())
        return too_many_requests(headers)

    def page(self, number: int, size: int) -> bytes:
        """Return one page of the list of `TOTAL` records."""
        cached = self._pages.get((number, size))
        if cached is None:
            rows = self._rows[(number - 1) * size : number * size]
            cached = success(fixtures.page_body(rows, number, size, fixtures.TOTAL))
            self._pages[number, size] = cached
        return cached


class Connection(asyncio.Protocol):
    """Reads requests without bodies and writes their responses, after `delay` seconds."""

    def __init__(self, responses: Responses, delay: float) -> None:
        self._responses = responses
        self._delay = delay
        self._loop = asyncio.get_running_loop()
        self._unparsed = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        data = self._unparsed + data
        while (end := data.find(b"\r\n\r\n")) >= 0:
            target = data[: data.index(b"\r\n")].split(b" ")[1]
            data = data[end + 4 :]
            response = self._responses.for_target(target)
            if self._delay:
                self._loop.call_later(self._delay, self._write, response)
            else:
                self._write(response)
        self._unparsed = data

    def _write(self, data: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(data)


async def serve(delay: float) -> None:
    """Serve on a free port until stdin is closed."""
    responses = Responses()
    for number in range(1, fixtures.TOTAL // fixtures.PAGE + 1):
        responses.page(number, fixtures.PAGE)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Connection(responses, delay), "127.0.0.1", 0, backlog=2048
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--delay", type=float, default=0.0)
    asyncio.run(serve(parser.parse_args().delay))
