"""The parts of one sandbox, put together."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import ExitStack

from .auth.access_tokens import AccessTokenIssuer
from .auth.sessions import Sessions
from .clock import Clock
from .control.faults import FaultPlan
from .control.request_log import RequestLog
from .data.store import Store, explain_store_errors
from .dialects.dialect import DIALECTS, Dialect
from .protocol.rate_limit import RequestLimiter
from .samples.initial_state import example_credentials, initial_state, stored_seed
from .settings import Settings
from .spec.document import Document, OperationSpec, explain_document_errors, load
from .spec.response_layout import ResponseLayout, response_layout
from .spec.response_serializer import ResponseSerializer
from .spec.validation import Validator
from .webhooks.dispatcher import WebhookDispatcher


class Backend:
    """Everything that lives as long as the server: document, storage, clock, limits, tokens.

    Args:
        settings: the configuration of this sandbox.
        clock: the time of everything in it; the default is a new clock.

    Attributes:
        example: an API key and a login that work on a fresh sandbox.

    Raises:
        DocumentError: the OpenAPI document cannot be served.
        StoreError: the data file cannot be used.
    """

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or Clock()
        self.dialect: Dialect = DIALECTS[settings.dialect]
        self.document: Document = load(settings.openapi, self.dialect.extend)
        with explain_document_errors():
            self.validator = Validator(self.document)
            self.layouts: Mapping[str, ResponseLayout] = {
                operation.name: response_layout(self.document, operation)
                for operation in self.document.operations
            }
            self.serializers: Mapping[str, ResponseSerializer] = {
                name: ResponseSerializer(self.document, layout.item)
                for name, layout in self.layouts.items()
            }
        self.limiter = RequestLimiter(settings.limits)
        self.store = Store(settings.data)
        with ExitStack() as on_failure, explain_store_errors():
            on_failure.callback(self.store.close)
            if self.store.is_empty():
                self.store.restore(initial_state(settings.records, settings.seed))
            # A data file that exists already may come from another seed.
            self.example = example_credentials(stored_seed(self.store, settings.seed))
            self.tokens = self._new_token_issuer()
            self.sessions = self._new_sessions()
            self.dispatcher = WebhookDispatcher(self.store, self.clock, settings)
            self.dispatcher.resume()
            on_failure.pop_all()
        self.faults = FaultPlan()
        self.request_log = RequestLog()

    def layout(self, operation: OperationSpec) -> ResponseLayout:
        """Return the form of an operation's success response."""
        return self.layouts[operation.name]

    def reset(self) -> None:
        """Restore the initial state: records, credentials, limits, faults, request log, time."""
        self.store.restore(initial_state(self.settings.records, self.settings.seed))
        self.example = example_credentials(self.settings.seed)
        self.tokens = self._new_token_issuer()
        self.sessions = self._new_sessions()
        self.limiter.clear()
        self.faults.clear()
        self.request_log.clear()
        self.clock.reset()

    def close(self) -> None:
        """Stop the webhook dispatcher and close the storage."""
        self.dispatcher.stop()
        self.store.close()

    def _new_token_issuer(self) -> AccessTokenIssuer:
        return AccessTokenIssuer(_token_secret(self.store), self.settings.access_token_seconds)

    def _new_sessions(self) -> Sessions:
        seconds = self.settings.refresh_token_seconds
        return Sessions(self.store, self.clock, self.tokens, seconds)


def _token_secret(store: Store) -> str:
    """Return the secret that signs access tokens; it is stored so that they survive a restart."""
    stored = store.get("server", "token-secret")
    if stored is None:
        stored = {"id": "token-secret", "value": secrets.token_hex(32)}
        with store.transaction():
            store.add("server", stored)
    return str(stored["value"])
