"""A released name that stays for a while: an entry `[[deprecated]]` of `overlay.toml`."""

from __future__ import annotations

import json

from attrs import frozen


@frozen
class Alias:
    """A name that stays for a while."""

    name: str
    """`listings.fetch`, or `models.OldListing`."""
    instead: str | None
    """The name that it stands for; None when nothing replaces it."""
    until: str
    """The first version without it."""
    reason: str

    @property
    def message(self) -> str:
        """What callers are told."""
        now = f"is {self.instead} now" if self.instead else "left the API; nothing replaces it"
        return f"{self.name} {now}. The old name goes in version {self.until}: {self.reason}"

    def entry(self) -> str:
        """The entry of `overlay.toml`."""
        pairs = {"name": self.name, "instead": self.instead, "until": self.until}
        lines = [f"{k} = {json.dumps(v)}" for k, v in pairs.items() if v is not None]
        reason = f"reason = {json.dumps(self.reason, ensure_ascii=False)}"
        return "\n".join(["[[deprecated]]", *lines, reason]) + "\n"
