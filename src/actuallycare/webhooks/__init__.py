"""Deliveries of webhooks: verify them, read them, receive them.

    from actuallycare import webhooks

    event = webhooks.unwrap(body, headers, secret)    # verified and typed, or an error

    app = webhooks.WebhookReceiver(on_event, secret)    # the same as an ASGI application

`client.webhooks` manages the subscriptions; this module is for the service that they lead to.
"""

from __future__ import annotations

from .event import MODELS, Payload, WebhookEvent, parse, unwrap
from .failure import VerificationReason, WebhookVerificationError
from .headers import HeaderSource
from .receiver import Handler, WebhookReceiver
from .replay import DeliveryLog, MemoryLog
from .secret import Secrets
from .verification import CLOCK_SKEW, TOLERANCE, sign, verify

__all__ = [
    "CLOCK_SKEW",
    "MODELS",
    "TOLERANCE",
    "DeliveryLog",
    "Handler",
    "HeaderSource",
    "MemoryLog",
    "Payload",
    "Secrets",
    "VerificationReason",
    "WebhookEvent",
    "WebhookReceiver",
    "WebhookVerificationError",
    "parse",
    "sign",
    "unwrap",
    "verify",
]
