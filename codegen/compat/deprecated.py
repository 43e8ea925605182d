"""Released names that the document no longer has: kept a while as aliases, never lost unseen. Pure.

The aliases are entries of `overlay.toml`; what was released is in `released.json`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import field, frozen

from .alias import Alias
from .diff.facts import Facts
from .document import Json
from .refusal import Problem

_VERSION = re.compile(r"\d+\.\d+\.\d+")
_NAME = re.compile(r"(models\.[A-Z]\w*|[a-z_]\w*\.[a-z_]\w*)")


@frozen
class Released:
    """What the last release promised."""

    version: str = ""
    names: frozenset[str] = frozenset()
    aliases: Mapping[str, str] = field(factory=dict[str, str])
    """Version that each alias goes in, by name."""

    @staticmethod
    def from_json(data: Json) -> Released:
        """Read `released.json`."""
        return Released(data["version"], frozenset(data["names"]), data["deprecated"])

    @staticmethod
    def of(version: str, facts: Facts, aliases: tuple[Alias, ...]) -> Released:
        """What a release of this code promises."""
        return Released(version, frozenset(names(facts)), {a.name: a.until for a in aliases})

    def to_json(self) -> Json:
        """What `released.json` holds."""
        aliases = dict(sorted(self.aliases.items()))
        return {"version": self.version, "names": sorted(self.names), "deprecated": aliases}


def names(facts: Facts) -> frozenset[str]:
    """Every name that callers type: operations, models, enums."""
    classes = frozenset(f"models.{name}" for name in [*facts.models, *facts.enums])
    return classes | facts.operations.keys()


def lost(
    released: Released, facts: Facts, aliases: tuple[Alias, ...], version: str
) -> frozenset[str]:
    """Released names that neither the document nor an alias has."""
    due = {name for name, until in released.aliases.items() if older(version, until)}
    return (released.names | due) - names(facts) - {alias.name for alias in aliases}


def problems(
    released: Released, facts: Facts, aliases: tuple[Alias, ...], version: str
) -> list[Problem]:
    """What is wrong with the aliases, and which names would be lost."""
    out: list[Problem] = []
    for alias in aliases:
        reason = _wrong(alias, names(facts), version)
        if reason:
            out.append(Problem(f"overlay.toml deprecated {alias.name}", reason))
    for name in sorted(lost(released, facts, aliases, version)):
        entry = proposal(name, version).entry()
        reason = (
            f"was released in {released.version}, and the document no longer gives it. Keep it for "
            f"a while; add to codegen/overlay.toml, with `instead` if another name took its place:"
            f"\n\n{entry}"
        )
        out.append(Problem(name, reason))
    return out


def proposal(
    name: str, version: str, *, old: Facts | None = None, new: Facts | None = None
) -> Alias:
    """The alias for a name that is gone; what replaces it is told when there is no doubt."""
    instead = _successor(name, old, new) if old and new else None
    reason = "the vendor's document calls it so now" if instead else "the vendor removed it"
    return Alias(name, instead, expiry(version), reason)


def expiry(version: str) -> str:
    """The first version without an alias that the next release brings: it stays one minor version,
    or, from 1.0.0 on, until the next major one (semver.org, item 8)."""
    major, minor, _ = (int(part) for part in version.split("."))
    return f"{major + 1}.0.0" if major else f"0.{minor + 2}.0"


def older(version: str, other: str) -> bool:
    """Whether `version` comes before `other`."""
    return [int(p) for p in version.split(".")] < [int(p) for p in other.split(".")]


def _wrong(alias: Alias, current: frozenset[str], version: str) -> str | None:
    if not _NAME.fullmatch(alias.name):
        return "a name such as listings.fetch or models.OldListing was expected"
    if not _VERSION.fullmatch(alias.until):
        return f"until = {alias.until!r}: a version such as 0.3.0 was expected"
    if not older(version, alias.until):
        return f"version {version} is not before {alias.until}: its time is over, remove the entry"
    if alias.name in current:
        return "the document gives this name; remove the entry"
    if alias.instead is None:
        return None
    if alias.instead not in current:
        return f"instead = {alias.instead!r}: the document gives no such name"
    if alias.instead.startswith("models.") != alias.name.startswith("models."):
        return f"instead = {alias.instead!r}: an operation for an operation, a class for a class"
    return None


def _successor(name: str, old: Facts, new: Facts) -> str | None:
    """The one new name that promises exactly the same, when no other name that left does too."""
    promised = _promise(old, name)
    came = [n for n in names(new) - names(old) if _promise(new, n) == promised]
    left = [n for n in names(old) - names(new) if _promise(old, n) == promised]
    return came[0] if len(came) == len(left) == 1 else None


def _promise(facts: Facts, name: str) -> object:
    """What has to be the same for a name to mean the same.

    Of an operation: method, result and arguments; of a class: its fields; of an enum: its members.
    """
    if name in facts.operations:
        made = facts.operations[name]
        arguments = {k: (v.shape, v.required, v.positional) for k, v in made.arguments.items()}
        return made.wire[0], made.kind, made.result, arguments
    bare = name.removeprefix("models.")
    if bare in facts.enums:
        return facts.enums[bare]
    model = facts.models[bare]
    return model.is_input, {k: (v.shape, v.required) for k, v in model.fields.items()}
