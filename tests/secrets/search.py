"""Looks for the marker credentials in everything that a program can show."""

from __future__ import annotations

import logging
import pickle
import traceback
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.secrets.trackers import shown_by_sentry, shown_by_stackprinter

KEY = "5ec2e70123456789" * 4
TOKEN = "marker5ec2e7.access.token"
PASSWORD = "marker5ec2e7-password"
REFRESH = "marker5ec2e7-refresh"

# Parts, so that a shortened credential is found too.
_MARKERS = ("5ec2e70", "marker5ec2e7")


def found(text: str) -> list[str]:
    """The surroundings of each marker in a text."""
    return [
        text[max(0, at - 200) : at + 40]
        for marker in _MARKERS
        for at in range(len(text))
        if text.startswith(marker, at)
    ]


def shown_by(error: BaseException) -> list[str]:
    """Everything that an exception shows."""
    return [*shown_in_words(error), *shown_by_traceback(error), *shown_by_pickle(error)]


def shown_in_words(error: BaseException) -> list[str]:
    """What str, repr and the attributes show."""
    texts = (str(error), repr(error), repr(error.args), repr(vars(error)))
    return [place for text in texts for place in found(text)]


def shown_by_traceback(error: BaseException) -> list[str]:
    """What error trackers show, which print the locals of each frame."""
    explained = traceback.TracebackException.from_exception(error, capture_locals=True)
    texts = [*explained.format(), shown_by_sentry(error), shown_by_stackprinter(error)]
    return [place for text in texts for place in found(text)]


def shown_by_pickle(error: BaseException) -> list[str]:
    """What travels to another process."""
    return found(pickle.dumps(error, protocol=0).decode("latin-1"))


@dataclass(slots=True)
class Overheard:
    """What was logged and warned."""

    records: list[logging.LogRecord] = field(default_factory=list[logging.LogRecord])
    warned: list[warnings.WarningMessage] = field(default_factory=list[warnings.WarningMessage])

    def markers(self) -> list[str]:
        """The markers in it."""
        texts = [f"{r.getMessage()} {r.__dict__!r}" for r in self.records]
        texts += [f"{w.message!r} {w!r}" for w in self.warned]
        return [place for text in texts for place in found(text)]

    def loggers(self) -> set[str]:
        """Who logged."""
        return {record.name.split(".")[0] for record in self.records}


@contextmanager
def listening() -> Generator[Overheard]:
    """Collect every log record at DEBUG and every warning."""
    overheard = Overheard()
    handler = logging.Handler(logging.DEBUG)
    handler.emit = overheard.records.append  # type: ignore[method-assign]
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            yield overheard
        overheard.warned += warned
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
