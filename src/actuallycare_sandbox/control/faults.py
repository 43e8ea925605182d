"""Faults on demand: which of the next requests go wrong, and how. Pure but for the counters."""

from __future__ import annotations

from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from typing import Any, Literal, get_args

from ..json_value import is_object

Kind = Literal["latency", "status", "drop", "drop_after", "truncate", "html", "stale_has_more"]

KINDS: tuple[str, ...] = get_args(Kind)

_DAY = 86_400


class FaultError(ValueError):
    """A fault that cannot be planned; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to go wrong, for the next requests that match.

    Attributes:
        kind: "latency": `seconds` pass before the request is handled.
            "status": answers `status` in the error envelope, and the request is not handled.
            "html": answers `status` with a proxy's HTML page, and the request is not handled.
            "drop": the connection is lost before the request is handled.
            "drop_after": the request is handled, and the connection is lost before the answer.
            "truncate": the answer's body is cut off after `bytes` bytes.
            "stale_has_more": `data.meta.hasMore` says `has_more`, whatever is true.
        times: how many requests go wrong; None: every one until the faults are cleared.
        skip: how many matching requests pass first.
        method: only this HTTP method.
        path: only paths that match this pattern (`/listings*`), relative to the base path.
        status: for "status" and "html".
        code: the error code; for "status".
        retry_after: seconds for a Retry-After header; for "status" and "html".
        seconds: for "latency".
        bytes: for "truncate".
        has_more: for "stale_has_more".
    """

    kind: Kind
    times: int | None = 1
    skip: int = 0
    method: str | None = None
    path: str | None = None
    status: int = 503
    code: str = "SERVICE_UNAVAILABLE"
    retry_after: int | None = None
    seconds: float = 1.0
    bytes: int = 20
    has_more: bool = True

    def __post_init__(self) -> None:
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
        """Read a fault from decoded JSON.

        Raises:
            FaultError: it is not an object, or a field is unknown, missing or of another type.
        """
        if not is_object(value):
            raise FaultError('a fault is an object, such as {"kind": "drop", "times": 2}')
        if "kind" not in value:
            raise FaultError(f"a fault needs a kind: one of {', '.join(KINDS)}")
        known = {field.name: str(field.type) for field in fields(cls)}
        for name, part in value.items():
            if name not in known:
                raise FaultError(f"a fault has no {name!r}; it has {', '.join(known)}")
            if not _fits(known[name], part):
                raise FaultError(f"{name} must be {known[name]}; it is {part!r}")
        return cls(**value)

    def matches(self, method: str, path: str) -> bool:
        """Whether a request is of those that this fault is for."""
        return (self.method is None or self.method.upper() == method) and (
            self.path is None or fnmatchcase(path, self.path)
        )


class Faults:
    """The faults that are planned, in the order in which they were."""

    def __init__(self) -> None:
        self._planned: list[_Planned] = []

    def add(self, fault: Fault) -> None:
        """Plan a fault."""
        self._planned.append(_Planned(fault, fault.skip, fault.times))

    def take(self, method: str, path: str) -> list[Fault]:
        """The faults of a request that arrives now; each is counted."""
        hit = [p.fault for p in self._planned if p.fault.matches(method, path) and p.hit()]
        self._planned = [p for p in self._planned if p.left != 0]
        return hit

    def planned(self) -> list[tuple[Fault, int | None]]:
        """What is still to come: each fault and how many requests it will meet."""
        return [(planned.fault, planned.left) for planned in self._planned]

    def clear(self) -> None:
        """Plan nothing any more."""
        self._planned.clear()


@dataclass(slots=True)
class _Planned:
    fault: Fault
    skip: int
    left: int | None

    def hit(self) -> bool:
        """Count a matching request; whether it goes wrong."""
        if self.skip:
            self.skip -= 1
            return False
        if self.left is not None:
            self.left -= 1
        return True


_TYPES: dict[str, tuple[type, ...]] = {
    "Kind": (str,),
    "str": (str,),
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "None": (type(None),),
}


def _fits(annotation: str, value: Any) -> bool:
    kinds = tuple(kind for part in annotation.split(" | ") for kind in _TYPES[part])
    return isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))
