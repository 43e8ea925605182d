"""What error trackers show of an exception: sentry-sdk and stackprinter, with all they can show."""

from __future__ import annotations

import json

import stackprinter
from sentry_sdk.consts import DEFAULT_OPTIONS
from sentry_sdk.serializer import serialize
from sentry_sdk.utils import event_from_exception

_LONG = 1_000_000


def shown_by_sentry(error: BaseException) -> str:
    """Return the event that sentry-sdk would send, with the locals of every frame."""
    options = {
        **DEFAULT_OPTIONS,
        "include_local_variables": True,
        "include_source_context": False,
        "max_value_length": _LONG,
    }
    chain = (type(error), error, error.__traceback__)
    event, _ = event_from_exception(chain, client_options=options)
    return json.dumps(serialize(event, max_value_length=_LONG), default=repr)


def shown_by_stackprinter(error: BaseException) -> str:
    """Return what stackprinter prints, with every variable in full."""
    return stackprinter.format(error, show_vals="all", truncate_vals=_LONG, source_lines=1)
