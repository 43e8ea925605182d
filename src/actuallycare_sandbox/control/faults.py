"""Faults that tests plan: which requests fail, and how. Pure except for the counters."""

from __future__ import annotations

from fnmatch import fnmatchcase
from http import HTTPStatus
from typing import Any, Literal, get_args

from attrs import define, fields, frozen

from ..json_value import is_object

Kind = Literal["latency", "status", "drop", "drop_after", "truncate", "html", "stale_has_more"]

KINDS: tuple[str, ...] = get_args(Kind)

_DAY = 86_400


class FaultError(ValueError):
    """A fault is invalid; the message names the field and the expected value."""


@frozen
class Fault:
    """A failure to inject into the next requests that match."""

    kind: Kind
    """What happens to a request:

    - `latency`: it is delayed by `seconds`, then handled.
    - `status`: it is not handled; the response is an error envelope with `status` and `code`.
    - `html`: it is not handled; the response is a proxy's HTML page with `status`.
    - `drop`: it is not handled; the connection is closed.
    - `drop_after`: it is handled; the connection is closed before the response.
    - `truncate`: it is handled; the response body is cut off after `bytes` bytes.
    - `stale_has_more`: it is handled; `data.meta.hasMore` is replaced by `has_more`.
    """
    times: int | None = 1
    """Number of requests that are affected; None affects all until the faults are cleared."""
    skip: int = 0
    """Number of matching requests to let through first."""
    method: str | None = None
    """HTTP method to match; None matches all."""
    path: str | None = None
    """Pattern of the path (`/listings*`), relative to the base path; None matches all."""
    status: int = 503
    """Response status, for `status` and `html`."""
    code: str | None = None
    """Error code, for `status`; None uses the name of the status, such as SERVICE_UNAVAILABLE."""
    retry_after: int | None = None
    """Seconds in the Retry-After header, for `status` and `html`; None sends no header."""
    seconds: float = 1.0
    """Delay, for `latency`."""
    bytes: int = 20
    """Length of the body that is sent, for `truncate`."""
    has_more: bool = True
    """Value of `hasMore`, for `stale_has_more`."""

    def __attrs_post_init__(self) -> None:
        if self.kind not in KINDS:
            raise FaultError(f"kind must be one of {', '.join(KINDS)}; it is {self.kind!r}")
        if self.times is not None and self.times < 1:
            raise FaultError(f"times must be at least 1, or null for every request: {self.times}")
        if self.skip < 0 or self.bytes < 0:
            raise FaultError("skip and bytes must not be negative")
        if not 0 <= self.seconds <= _DAY:
            raise FaultError(f"seconds must be from 0 to {_DAY}; it is {self.seconds}")
        if not 200 <= self.status <= 599:
            raise FaultError(f"status must be between 200 and 599; it is {self.status}")

    @classmethod
    def parse(cls, value: Any) -> Fault:
        """Create a fault from decoded JSON.

        Raises:
            FaultError: not an object, or a field is unknown, missing or of the wrong type.
        """
        if not is_object(value):
            raise FaultError('a fault is an object, such as {"kind": "drop", "times": 2}')
        if "kind" not in value:
            raise FaultError(f"a fault needs a kind: one of {', '.join(KINDS)}")
        types = {field.name: str(field.type) for field in fields(cls)}
        for name, item in value.items():
            if name not in types:
                raise FaultError(f"a fault has no {name!r}; it has {', '.join(types)}")
            if not _is_of_type(types[name], item):
                raise FaultError(f"{name} must be {types[name]}; it is {item!r}")
        return cls(**value)

    @property
    def error_code(self) -> str:
        """The error code of the response."""
        known = self.status in {status.value for status in HTTPStatus}
        return self.code or (HTTPStatus(self.status).name if known else f"STATUS_{self.status}")

    def matches(self, method: str, path: str) -> bool:
        """Whether the fault applies to a request with this method and path."""
        return (self.method is None or self.method.upper() == method) and (
            self.path is None or fnmatchcase(path, self.path)
        )


class FaultPlan:
    """The planned faults, in the order in which they were added."""

    def __init__(self) -> None:
        self._planned: list[_PlannedFault] = []

    def add(self, fault: Fault) -> None:
        """Plan a fault for the next requests that match."""
        self._planned.append(_PlannedFault(fault, fault.skip, fault.times))

    def take(self, method: str, path: str) -> list[Fault]:
        """Return the faults that apply to a new request, and count it for each of them."""
        found = [p.fault for p in self._planned if p.fault.matches(method, path) and p.count()]
        self._planned = [p for p in self._planned if p.remaining != 0]
        return found

    def planned(self) -> list[tuple[Fault, int | None]]:
        """Return each planned fault with the number of requests that it will still affect."""
        return [(planned.fault, planned.remaining) for planned in self._planned]

    def clear(self) -> None:
        """Remove all planned faults."""
        self._planned.clear()


@define
class _PlannedFault:
    fault: Fault
    skip: int
    remaining: int | None

    def count(self) -> bool:
        """Count a matching request; return whether the fault affects it."""
        if self.skip:
            self.skip -= 1
            return False
        if self.remaining is not None:
            self.remaining -= 1
        return True


_TYPES: dict[str, tuple[type, ...]] = {
    "Kind": (str,),
    "str": (str,),
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "None": (type(None),),
}


def _is_of_type(annotation: str, value: Any) -> bool:
    types = tuple(kind for name in annotation.split(" | ") for kind in _TYPES[name])
    # bool is a subclass of int, but true is not a number in JSON.
    return isinstance(value, types) and (bool in types or not isinstance(value, bool))
