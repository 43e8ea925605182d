"""One sandbox's parts, put together: document, storage, clock, limits, tokens."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from .auth.access_tokens import Tokens
from .clock import Clock
from .control.faults import Faults
from .control.request_log import Arrivals
from .data.store import Store
from .protocol.rate_limit import RateLimiter
from .samples.initial_state import example, initial_state, stored_seed
from .settings import Settings
from .spec import document as documents
from .spec import response_layout as shape
from .spec.document import Document, Operation
from .spec.response_layout import Shape
from .spec.response_serializer import View
from .spec.validation import Validator
from .webhooks.dispatcher import Courier


class Backend:
    """Everything that lives as long as the server; a request passes through as a `Call`.

    Args:
        settings: how this sandbox differs from another.
        clock: the time of everything in it.

    Attributes:
        example: a key and a login that work on a fresh sandbox.

    Raises:
        DocumentError: the OpenAPI document cannot be served.
        StoreError: the data file cannot be used.
    """

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or Clock()
        self.document: Document = documents.load(settings.openapi)
        self.validator = Validator(self.document)
        self.shapes: Mapping[str, Shape] = {
            operation.name: shape.of(self.document, operation)
            for operation in self.document.operations
        }
        self.views: Mapping[str, View] = {
            name: View(self.document, shape.item) for name, shape in self.shapes.items()
        }
        self.limiter = RateLimiter(settings.limits)
        self.store = Store(settings.data)
        if self.store.is_empty():
            self.store.restore(initial_state(settings.records, settings.seed))
        self.example = example(stored_seed(self.store, settings.seed))
        self.tokens = Tokens(_token_secret(self.store), settings.access_token_seconds)
        self.courier = Courier(self.store, self.clock, settings)
        self.courier.resume()
        self.faults = Faults()
        self.arrivals = Arrivals()

    def shape(self, operation: Operation) -> Shape:
        """How an operation wraps its payload."""
        return self.shapes[operation.name]

    def reset(self) -> None:
        """Back to the initial state: records, credentials, limits, faults, requests and time."""
        self.store.restore(initial_state(self.settings.records, self.settings.seed))
        self.example = example(self.settings.seed)
        self.tokens = Tokens(_token_secret(self.store), self.settings.access_token_seconds)
        self.limiter.clear()
        self.faults.clear()
        self.arrivals.clear()
        self.clock.reset()

    def close(self) -> None:
        """Stop what runs beside the requests, and close the storage."""
        self.courier.stop()
        self.store.close()


def _token_secret(store: Store) -> str:
    """What signs access tokens; it is stored, so that tokens outlive a restart."""
    stored = store.get("server", "token-secret")
    if stored is None:
        stored = {"id": "token-secret", "value": secrets.token_hex(32)}
        with store.transaction():
            store.add("server", stored)
    return str(stored["value"])
