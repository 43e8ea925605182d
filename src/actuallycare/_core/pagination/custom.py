"""Lists that the document does not describe: the first response shows where the items are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from attrs import evolve

from ..errors import DecodeError
from ..json_value import is_array, is_object
from ..operation import Call, Operation, PageLayout
from ..sender import Sender
from .pager import Pager

T = TypeVar("T")

_META = ("meta", "pagination")
"""Names of the pagination metadata in the dialects of the API."""


class CustomPager(Pager[T]):
    """A pager of `client.pages`."""

    __slots__ = ("_items",)

    def __init__(
        self, sender: Sender, call: Call, parse: Callable[[Any], T], items: str | None
    ) -> None:
        super().__init__(sender, call, parse)
        self._items = items

    def _located(self, body: Any) -> Operation:
        return locate_items(body, self._call.operation, self._items)


def locate_items(body: Any, operation: Operation, items: str | None) -> Operation:
    """Return the operation with the location of the items and of the metadata in `body`.

    Raises DecodeError when it is not clear which array contains the items.
    """
    enveloped = is_object(body) and "data" in body
    payload = body["data"] if enveloped else body
    unwrap = ("data",) if enveloped else ()
    keys: tuple[str, ...] = ()
    if is_object(payload):
        keys = (items or _only_array(payload, operation),)
    meta = next(((*unwrap, n) for n in _META if is_object(payload) and n in payload), None)
    if meta is None:
        meta = next(((n,) for n in _META if is_object(body) and n in body), None)
    return evolve(operation, unwrap=unwrap, page_layout=PageLayout(items=keys, meta=meta))


def _only_array(payload: Mapping[str, Any], operation: Operation) -> str:
    arrays = [name for name, value in payload.items() if is_array(value)]
    if len(arrays) != 1:
        found = ", ".join(arrays) or "none"
        raise DecodeError(
            operation.name,
            f"one array was expected in the payload, and there are: {found}. Pass items= with the "
            "name of the one to read",
        )
    return arrays[0]
