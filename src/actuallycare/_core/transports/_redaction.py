"""Keep credentials out of what HTTP libraries log and raise."""

from __future__ import annotations

import logging
from types import TracebackType
from typing import Any, TypeVar, cast

from ..secret import CREDENTIAL_HEADERS

E = TypeVar("E", bound=BaseException)

_LIBRARIES = frozenset(
    {
        *("httpx", "httpcore", "httpx2", "httpcore2", "h11", "h2", "hpack", "hyperframe"),
        *("aiohttp", "anyio", "asyncio", "trio", "ssl", "socksio", "uvloop"),
    }
)
"""Packages through whose functions a request goes, as headers or as the bytes of them."""
_CREDENTIAL_HEADERS = frozenset(name.encode() for name in CREDENTIAL_HEADERS)


def strip_library_frames(error: E) -> E:
    """Return the error without the frames of HTTP libraries, and of this package's transports.

    Tracebacks with locals, as error trackers write them, would show the credential there. The
    frames of others stay, such as those of a caller's event hook.
    """
    seen: set[int] = set()
    pending: list[BaseException | None] = [error]
    while pending:
        current = pending.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        current.__traceback__ = _without_library_frames(current.__traceback__)
        pending += (current.__cause__, current.__context__)
    return error


def _without_library_frames(traceback: TracebackType | None) -> TracebackType | None:
    kept: list[TracebackType] = []
    while traceback is not None:
        module = str(traceback.tb_frame.f_globals.get("__name__", ""))
        if module.partition(".")[0] not in _LIBRARIES and not module.startswith(_OWN_PACKAGE):
            kept.append(traceback)
        traceback = traceback.tb_next
    result: TracebackType | None = None
    for step in reversed(kept):
        result = TracebackType(result, step.tb_frame, step.tb_lasti, step.tb_lineno)
    return result


_OWN_PACKAGE = f"{__name__.rpartition('.')[0]}."


class HeaderFilter(logging.Filter):
    """Redacts credentials in the log records of hpack, which has all headers at DEBUG.

    hpack itself redacts what is marked as sensitive, but httpcore marks no header:
    https://github.com/python-hyper/hpack/blob/v4.1.0/src/hpack/hpack.py
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            args: Any = record.args
            record.args = _redact_headers(args)
        return True


def _redact_headers(args: tuple[Any, ...]) -> tuple[Any, ...]:
    """Redact the value that follows the name of a secret header, and header blocks in bytes."""
    result: list[Any] = []
    name: Any = None
    for value in args:
        if isinstance(value, tuple):
            result.append(_redact_headers(cast("tuple[object, ...]", value)))
        elif isinstance(name, bytes) and name.lower() in _CREDENTIAL_HEADERS:
            result.append(b"[redacted]")
        elif isinstance(value, (bytes, bytearray, memoryview)) and len(args) == 1:
            result.append("[compressed headers]")
        else:
            result.append(value)
        name = cast("Any", value)
    return tuple(result)


def redact_header_logs() -> None:
    """Redact credentials in hpack's log records, once for this process."""
    for name in ("hpack.hpack", "hpack.table"):
        logger = logging.getLogger(name)
        if not any(isinstance(each, HeaderFilter) for each in logger.filters):
            logger.addFilter(HeaderFilter())
