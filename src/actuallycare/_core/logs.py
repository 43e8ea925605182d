"""The logger `actuallycare`: records with fields, and its set-up for scripts."""

from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Mapping
from typing import Any

from .errors import ConfigurationError

logger = logging.getLogger("actuallycare")

_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO}


def log(level: int, message: str, *args: object, fields: Mapping[str, Any]) -> None:
    """Log a message with `fields` as attributes of the record, for structured logs.

    A name that the record has already gets the prefix `actuallycare_`: applications add attributes
    such as `path` by `logging.setLogRecordFactory`, for which `extra=` raises KeyError.

    An exception of a record factory, filter or handler of the application does not end the call. It
    is printed, as `logging` does with those of its own handlers.
    """
    try:
        _log(level, message, args, fields)
    except Exception:
        if logging.raiseExceptions:
            traceback.print_exc()


def _log(level: int, message: str, args: tuple[object, ...], fields: Mapping[str, Any]) -> None:
    file, line, function, stack = logger.findCaller(stacklevel=3)
    record = logger.makeRecord(
        logger.name, level, file, line, message, args, None, function, None, stack
    )
    for name, value in fields.items():
        free = name not in record.__dict__
        record.__dict__[name if free else f"actuallycare_{name}"] = value
    logger.handle(record)


def configure_from_environment() -> None:
    """Write logs to standard error at the level of ACTUALLYCARE_LOG, `debug` or `info`.

    Raises ConfigurationError for another level. Does nothing when the variable is not set.
    """
    name = os.environ.get("ACTUALLYCARE_LOG", "").strip().lower()
    if not name:
        return
    if name not in _LEVELS:
        raise ConfigurationError(f"ACTUALLYCARE_LOG is {name!r:.40}; debug or info was expected.")
    logger.setLevel(_LEVELS[name])
    if not logger.hasHandlers():
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
        logger.addHandler(handler)
