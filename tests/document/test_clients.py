"""Every generated method, of both clients: its signature and its docstring."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from actuallycare import ActuallyCare, AsyncActuallyCare
from actuallycare._core.resource import Resource, lazy_resource
from actuallycare.api import Resources

KEY = "0123456789abcdef" * 4
RESOURCES = [name for name, value in vars(Resources).items() if isinstance(value, lazy_resource)]


def methods() -> list[tuple[str, str]]:
    """(resource, method) of each operation."""
    client = AsyncActuallyCare(KEY)
    return [
        (resource, name)
        for resource in RESOURCES
        for name, value in vars(type(getattr(client, resource))).items()
        if inspect.isfunction(value) and not name.startswith("_")
    ]


def bound(client: Any, resource: str, name: str) -> Any:
    return getattr(getattr(client, resource), name)


each_method = pytest.mark.parametrize(("resource", "name"), methods())


def test_there_are_operations() -> None:
    assert methods()
    assert all(isinstance(getattr(AsyncActuallyCare(KEY), r), Resource) for r in RESOURCES)


@each_method
def test_both_clients_have_the_same_signature(resource: str, name: str) -> None:
    theirs = inspect.signature(bound(AsyncActuallyCare(KEY), resource, name))
    ours = inspect.signature(bound(ActuallyCare(KEY), resource, name))
    parameters = dict(ours.parameters)
    if "deadline" not in theirs.parameters:
        assert parameters.pop("deadline").kind is inspect.Parameter.KEYWORD_ONLY
    assert parameters == dict(theirs.parameters)
    assert {"timeout", "extra_headers"} <= parameters.keys()
    shown = str(ours.return_annotation).replace("BlockingPager", "Pager")
    assert shown == theirs.return_annotation


@each_method
def test_both_clients_describe_the_operation(resource: str, name: str) -> None:
    theirs = inspect.getdoc(bound(AsyncActuallyCare(KEY), resource, name)) or ""
    ours = inspect.getdoc(bound(ActuallyCare(KEY), resource, name)) or ""
    assert theirs.splitlines()[0]
    assert ours.splitlines()[0] == theirs.splitlines()[0]
