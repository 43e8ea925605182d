"""Public classes name their public module, and are pickled by it."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime
from typing import Any

import pytest

import actuallycare
from actuallycare import blocking, redis, transports, webhooks
from actuallycare.testing import InstantClock
from actuallycare.webhooks import asgi


def public_classes() -> list[tuple[str, type]]:
    found: list[tuple[str, type]] = []
    for module in (actuallycare, blocking, redis, transports, webhooks, asgi):
        for name in module.__all__:
            value = getattr(module, name)
            if isinstance(value, type):
                found.append((name, value))
    return found


@pytest.mark.parametrize(("name", "cls"), public_classes(), ids=[n for n, _ in public_classes()])
def test_a_public_class_names_its_public_module(name: str, cls: type) -> None:
    assert "_core" not in cls.__module__
    assert cls.__module__ in {
        module.__name__ for module in (actuallycare, blocking, redis, transports, webhooks, asgi)
    }
    assert pickle.loads(pickle.dumps(cls)) is cls  # noqa: S301 - our own bytes


VALUES: list[Any] = [
    actuallycare.RateLimit(500, 1, datetime(2026, 6, 11, tzinfo=UTC)),
    actuallycare.Page([1], actuallycare.PageMeta(page=1), has_more=False),
    actuallycare.RetryPolicy(max_attempts=2),
    actuallycare.Response(200, {}, b"{}"),
    actuallycare.File(b"content"),
    actuallycare.UNSET,
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_public_values_are_pickled(value: Any) -> None:
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - our own bytes


def test_errors_show_their_public_name() -> None:
    error = actuallycare.ConfigurationError("wrong")
    assert type(error).__module__ == actuallycare.__name__


def test_a_pacer_says_why_it_cannot_be_copied() -> None:
    pacer = actuallycare.Pacer(InstantClock())
    assert "_mutex" not in repr(pacer)
    assert "_window" not in repr(pacer)
    for copied in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="create one in each process"):
            copied(pacer)
