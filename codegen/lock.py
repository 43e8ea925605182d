"""The lock: names of operations and of inline schemas that never change after a release."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from .document import Json


@frozen
class LockedOperation:
    """What a release fixed for an operation."""

    name: str
    kind: str
    unwrap: list[str]


@frozen
class Lock:
    """Names that never change after a release."""

    operations: dict[str, LockedOperation] = field(factory=dict[str, LockedOperation])
    """By `GET /listings/{id}`."""
    schemas: dict[str, str] = field(factory=dict[str, str])
    """Class by the place that owns an inline schema."""

    @staticmethod
    def from_json(data: Json) -> Lock:
        """Read `names.lock.json`; an empty object is an empty lock."""
        operations: dict[str, Any] = data.get("operations", {})
        return Lock(
            {place: LockedOperation(**entry) for place, entry in operations.items()},
            dict(data.get("schemas", {})),
        )

    def to_json(self) -> Json:
        """The content of `names.lock.json`."""
        operations = {
            place: {"name": entry.name, "kind": entry.kind, "unwrap": entry.unwrap}
            for place, entry in sorted(self.operations.items())
        }
        return {"operations": operations, "schemas": dict(sorted(self.schemas.items()))}
