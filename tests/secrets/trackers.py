"""What error trackers show of an exception: sentry-sdk and stackprinter, with all they can show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

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
    with _without_test_frames(error):
        chain = (type(error), error, error.__traceback__)
        event, _ = event_from_exception(chain, client_options=options)
        return json.dumps(serialize(event, max_value_length=_LONG), default=repr)


def shown_by_stackprinter(error: BaseException) -> str:
    """Return what stackprinter prints, with every variable in full."""
    with _without_test_frames(error):
        text: str = stackprinter.format(
            (type(error), error, error.__traceback__),
            show_vals="all",
            truncate_vals=_LONG,
            source_lines=1,
        )
        return text


@contextmanager
def _without_test_frames(error: BaseException) -> Iterator[None]:
    """Leave out the frames of the tests, which have the markers in their globals."""
    original: dict[BaseException, TracebackType | None] = {}
    pending: list[BaseException | None] = [error]
    while pending:
        current = pending.pop()
        if current is not None and current not in original:
            original[current] = current.__traceback__
            pending += (current.__cause__, current.__context__)
    try:
        for each, frames in original.items():
            each.__traceback__ = _others(frames)
        yield
    finally:
        for each, frames in original.items():
            each.__traceback__ = frames


def _others(frames: TracebackType | None) -> TracebackType | None:
    if frames is None:
        return None
    rest = _others(frames.tb_next)
    if str(frames.tb_frame.f_globals.get("__name__")).startswith("tests."):
        return rest
    return TracebackType(rest, frames.tb_frame, frames.tb_lasti, frames.tb_lineno)
