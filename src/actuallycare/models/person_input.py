# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from __future__ import annotations

from typing import Any

from attrs import define

from .._core.unset import UNSET, Unset


@define(kw_only=True)
class PersonInput:
    """`PersonInput` as it is sent."""

    email: str | Unset | None = UNSET
    name: str | Unset | None = UNSET
    phone: str | Unset | None = UNSET

    def to_dict(self) -> dict[str, Any]:
        """The fields by their wire names; UNSET ones are left out when they are sent."""
        return {
            "email": self.email,
            "name": self.name,
            "phone": self.phone,
        }
