"""The marker of an argument or field that was left out."""

from __future__ import annotations

import enum
from typing import Final, Literal


class Unset(enum.Enum):
    """The type of `UNSET`. An enum, so that `value is UNSET` narrows for type checkers."""

    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET
"""Leave this field unchanged. `None` is different: it sends null."""
