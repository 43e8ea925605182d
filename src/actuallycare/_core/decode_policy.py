"""How a client reads values that are not of their declared type."""

from __future__ import annotations

from attrs import define, field


@define
class DecodePolicy:
    """Whether such a value is an error, and which of them were reported."""

    strict: bool = False
    """Whether such a value raises DecodeError, rather than logging a warning."""
    _reported: set[tuple[str, str]] = field(factory=set[tuple[str, str]], init=False, repr=False)

    def is_new(self, operation: str, name: str) -> bool:
        """Whether a field of an operation is reported for the first time."""
        if (operation, name) in self._reported:
            return False
        self._reported.add((operation, name))
        return True
