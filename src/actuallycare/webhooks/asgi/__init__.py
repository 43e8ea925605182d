"""Receive deliveries as an ASGI application: alone, or under Starlette and FastAPI."""

from __future__ import annotations

from .idempotency import DeliveryLog, MemoryLog
from .receiver import Handler, WebhookReceiver

__all__ = ["DeliveryLog", "Handler", "MemoryLog", "WebhookReceiver"]
