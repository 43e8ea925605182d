"""A webhook receiver for tests, and a helper that subscribes it."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx

SECRET = "sample-webhook-secret"
LEAD = {"name": "Bravo Sample", "email": "bravo@example.com", "source": "Referral"}


class Receiver(HTTPServer):
    """Records requests and responds with `statuses` in turn, then with 200."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.statuses: list[int] = []
        self.received = threading.Semaphore(0)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((dict(self.headers.items()), body))
        self.send_response(self.server.statuses.pop(0) if self.server.statuses else 200)
        self.end_headers()
        self.server.received.release()

    def log_message(self, *_: object) -> None:
        pass


async def subscribe(
    broker: httpx.AsyncClient, url: str, *events: str, **fields: Any
) -> dict[str, Any]:
    """Create a subscription."""
    body = {"url": url, "events": list(events), "secret": SECRET, **fields}
    response = await broker.post("/webhooks", json=body)
    assert response.status_code == 201
    data: dict[str, Any] = response.json()["data"]
    return data
