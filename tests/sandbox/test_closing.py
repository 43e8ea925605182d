"""A sandbox that cannot start, or whose application ends, leaves nothing open."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from actuallycare_sandbox import Settings, create_app, run_sandbox
from actuallycare_sandbox.backend import Backend
from actuallycare_sandbox.data.store import Store, StoreError
from actuallycare_sandbox.http.server import AddressInUseError
from actuallycare_sandbox.spec.document import DocumentError

EMPTY = Settings(records=0)


@pytest.fixture
def open_stores(monkeypatch: pytest.MonkeyPatch) -> list[Store]:
    """Stores that are open at the time."""
    found: list[Store] = []
    real_init, real_close = Store.__init__, Store.close

    def init(self: Store, path: Path | None = None) -> None:
        real_init(self, path)
        found.append(self)

    def close(self: Store) -> None:
        real_close(self)
        found[:] = [store for store in found if store is not self]

    monkeypatch.setattr(Store, "__init__", init)
    monkeypatch.setattr(Store, "close", close)
    return found


def test_a_taken_port(open_stores: list[Store]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AddressInUseError), run_sandbox(EMPTY, port=port):
            pass
    assert open_stores == []


def test_a_backend_that_cannot_be_created(
    open_stores: list[Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actuallycare_sandbox.backend.stored_seed", int)
    with pytest.raises(StoreError):
        Backend(EMPTY)
    assert open_stores == []


def test_an_application_that_cannot_be_created(
    open_stores: list[Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("actuallycare_sandbox.http.app.handler_for", {}.__getitem__)
    with pytest.raises((DocumentError, TypeError)):
        create_app(EMPTY)
    assert open_stores == []


@pytest.mark.asyncio
async def test_an_application_that_ends(open_stores: list[Store]) -> None:
    app = create_app(EMPTY)
    assert len(open_stores) == 1
    async with app.router.lifespan_context(app):
        assert len(open_stores) == 1
    assert open_stores == []


@pytest.mark.asyncio
async def test_the_backend_of_the_caller_stays_open(open_stores: list[Store]) -> None:
    backend = Backend(EMPTY)
    app = create_app(backend=backend)
    async with app.router.lifespan_context(app):
        pass
    assert open_stores == [backend.store]
    backend.close()
