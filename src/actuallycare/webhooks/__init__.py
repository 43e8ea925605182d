"""Webhook deliveries: verify and parse them.

    from actuallycare import webhooks

    event = webhooks.unwrap(body, headers, secret)    # verified and typed, or an error

`actuallycare.webhooks.asgi` receives deliveries as an ASGI application.
`client.webhooks` manages the subscriptions; this package is for the service that
they lead to.
"""

from __future__ import annotations

from .._core.public import set_public_module
from .errors import VerificationReason, WebhookVerificationError
from .event import MODELS, Payload, WebhookEvent, parse, unwrap
from .headers import HeaderSource
from .secret import Secrets
from .verification import CLOCK_SKEW, TOLERANCE, sign, verify

__all__ = [
    "CLOCK_SKEW",
    "MODELS",
    "TOLERANCE",
    "HeaderSource",
    "Payload",
    "Secrets",
    "VerificationReason",
    "WebhookEvent",
    "WebhookVerificationError",
    "parse",
    "sign",
    "unwrap",
    "verify",
]

set_public_module(globals(), __all__)
