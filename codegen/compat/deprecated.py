"""Released names that the document no longer has: kept a while as aliases, never lost unseen. Pure.

The aliases are entries of `overlay.toml`; the names of the last release are in `released.json`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import field, frozen

from ..api import Alias, Api
from ..document import Json
from ..errors import Problem

_VERSION = re.compile(r"\d+\.\d+\.\d+")
_NAME = re.compile(r"(models\.[A-Z]\w*|[a-z_]\w*\.[a-z_]\w*)")


@frozen
class ReleaseManifest:
    """The names of the last release."""

    version: str = ""
    names: frozenset[str] = frozenset()
    aliases: Mapping[str, str] = field(factory=dict[str, str])
    """Version that drops each alias, by name."""

    @staticmethod
    def from_json(data: Json) -> ReleaseManifest:
        """Read `released.json`."""
        return ReleaseManifest(data["version"], frozenset(data["names"]), data["deprecated"])

    @staticmethod
    def of(version: str, api: Api) -> ReleaseManifest:
        """Return the manifest of a release of this code."""
        return ReleaseManifest(version, api.names, {a.name: a.until for a in api.aliases})

    def to_json(self) -> Json:
        """The content of `released.json`."""
        aliases = dict(sorted(self.aliases.items()))
        return {"version": self.version, "names": sorted(self.names), "deprecated": aliases}


def removed_names(released: ReleaseManifest, api: Api, version: str) -> frozenset[str]:
    """Return the released names that neither the document nor an alias has."""
    due = {name for name, until in released.aliases.items() if older(version, until)}
    return (released.names | due) - api.names - {alias.name for alias in api.aliases}


def problems(released: ReleaseManifest, api: Api, version: str) -> list[Problem]:
    """Return what is wrong with the aliases, and which names would be lost."""
    out: list[Problem] = []
    for alias in api.aliases:
        reason = _wrong(alias, api.names, version)
        if reason:
            out.append(Problem(f"overlay.toml deprecated {alias.name}", reason))
    for name in sorted(removed_names(released, api, version)):
        entry = proposal(name, version).entry()
        reason = (
            f"was released in {released.version}, and the document no longer gives it. Keep it for "
            "a while; add to codegen/overlay.toml, with `instead` if another name took its place:"
        )
        out.append(Problem(name, reason, entry))
    return out


def proposal(name: str, version: str, *, old: Api | None = None, new: Api | None = None) -> Alias:
    """Return the alias for a removed name, with its successor when there is no doubt."""
    instead = _successor(name, old, new) if old and new else None
    reason = "the vendor's document calls it so now" if instead else "the vendor removed it"
    return Alias(name, instead, removal_version(version), reason)


def removal_version(version: str) -> str:
    """Return the first version without an alias that the next release brings.

    It stays one minor version, or, from 1.0.0 on, until the next major one (semver.org, item 8).
    """
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


def _successor(name: str, old: Api, new: Api) -> str | None:
    """The one new name that promises exactly the same, when no other removed name does too."""
    promised = _promise(old, name)
    added = [n for n in new.names - old.names if _promise(new, n) == promised]
    removed = [n for n in old.names - new.names if _promise(old, n) == promised]
    return added[0] if len(added) == len(removed) == 1 else None


def _promise(api: Api, name: str) -> object:
    """What has to be the same for a name to mean the same.

    Of an operation: method, result and arguments; of a class: its fields; of an enum: its values.
    """
    if name in api.operations:
        operation = api.operations[name]
        arguments = {
            a.name: (a.type, a.required, a.location == "path") for a in operation.arguments
        }
        return operation.http, operation.kind, operation.result, arguments
    bare = name.removeprefix("models.")
    if bare in api.enums:
        return api.enums[bare].values
    model = api.models[bare]
    return model.is_input, {f.name: (f.type, f.required) for f in model.fields}
