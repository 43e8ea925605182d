"""The blocking clients that are compared, and the jobs that each of them runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

from .fixtures import KEY, PAGE, RECORD_ID

THREADS = 50
ROUNDS_PER_THREAD = 4


class BlockingClient(Protocol):
    """What a job needs of a client."""

    def get(self) -> Any: ...
    def list_page(self) -> Any: ...
    def close(self) -> None: ...


class HttpxBlocking:
    """`client.get(url)`, then `.json()`: no types."""

    def __init__(self, port: int) -> None:
        import httpx

        self.base_url = f"http://127.0.0.1:{port}/v1"
        # The default keeps 20 connections: fewer than the threads.
        limits = httpx.Limits(max_connections=THREADS, max_keepalive_connections=THREADS)
        self.client = httpx.Client(limits=limits)
        self.errors: tuple[type[Exception], ...] = (httpx.ReadError,)

    def fetch(self, path: str) -> Any:
        try:
            return self.client.get(f"{self.base_url}{path}")
        except self.errors:
            # With many threads, the pool of httpx may close a connection that another one uses.
            return self.client.get(f"{self.base_url}{path}")

    def get(self) -> Any:
        return self.fetch(f"/listings/{RECORD_ID}").json()

    def list_page(self) -> Any:
        return self.fetch(f"/listings?limit={PAGE}&page=1").json()

    def close(self) -> None:
        self.client.close()


class Requests(HttpxBlocking):
    """The same with a session of requests."""

    def __init__(self, port: int) -> None:
        import requests

        self.base_url = f"http://127.0.0.1:{port}/v1"
        self.client: Any = requests.Session()
        self.errors = ()


class HttpxPydantic(HttpxBlocking):
    """The pattern of openai-python: blocking httpx, and pydantic models."""

    def __init__(self, port: int) -> None:
        from .decoders import pydantic_models

        super().__init__(port)
        self.record, self.page = pydantic_models()

    def get(self) -> Any:
        response = self.fetch(f"/listings/{RECORD_ID}")
        return self.record.model_validate_json(response.content)

    def list_page(self) -> Any:
        response = self.fetch(f"/listings?limit={PAGE}&page=1")
        return self.page.model_validate_json(response.content)


class BlockingSDK:
    """This project's blocking client, with one of its transports."""

    def __init__(self, port: int, transport: Any = None) -> None:
        from actuallycare import ActuallyCare

        base_url = f"http://127.0.0.1:{port}/v1"
        self.client = ActuallyCare(KEY, base_url=base_url, transport=transport)

    def get(self) -> Any:
        return self.client.listings.get(RECORD_ID)

    def list_page(self) -> Any:
        return self.client.listings.list(page=1, limit=PAGE).first_page()

    def close(self) -> None:
        self.client.close()


BLOCKING_CLIENTS: dict[str, Callable[[int], BlockingClient]] = {
    "httpx.Client": HttpxBlocking,
    "requests": Requests,
    "httpx.Client + pydantic": HttpxPydantic,
    "ActuallyCare": BlockingSDK,
    "ActuallyCare + aiohttp": lambda port: BlockingSDK(port, "aiohttp"),
}


def get(client: BlockingClient, n: int) -> int:
    """Read one record, `n` times."""
    for _ in range(n):
        client.get()
    return n


def list_page(client: BlockingClient, n: int) -> int:
    """Read one page, `n` times."""
    for _ in range(n):
        client.list_page()
    return n


def get_in_threads(client: BlockingClient, n: int) -> int:
    """Read one record in 50 threads at the same time, `n` times a few calls each."""
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(lambda _: get(client, n * ROUNDS_PER_THREAD), range(THREADS)))
    return n * ROUNDS_PER_THREAD * THREADS


JOBS: dict[str, Callable[[BlockingClient, int], int]] = {
    job.__name__: job for job in (get, list_page, get_in_threads)
}


def run_timed(client: BlockingClient, name: str, n: int) -> dict[str, float]:
    """Run a job; return the seconds of CPU and of elapsed time for one unit of it."""
    elapsed = time.perf_counter()
    cpu = time.process_time()
    units = JOBS[name](client, n)
    cpu = time.process_time() - cpu
    elapsed = time.perf_counter() - elapsed
    return {"cpu": cpu / units, "elapsed": elapsed / units}
