"""Receive deliveries as an ASGI application: alone, or under Starlette and FastAPI."""

from __future__ import annotations

from ..._core.public import set_public_module
from .idempotency import IdempotencyStore, InMemoryIdempotencyStore
from .receiver import Handler, WebhookReceiver

__all__ = ["Handler", "IdempotencyStore", "InMemoryIdempotencyStore", "WebhookReceiver"]

set_public_module(globals(), __all__)
