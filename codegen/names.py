"""Names: words, the rules for operations and models, and the lock that fixes them."""

from __future__ import annotations

import re
from collections.abc import Collection
from keyword import iskeyword
from typing import Any

from attrs import field, frozen

from .document import Json

# Path segments that say what is done rather than what is meant.
_VERBS = frozenset({"search", "verify", "export", "download", "preview", "validate", "count", "me"})
_UNCOUNTED = ("ss", "us", "is", "status")


def words(text: str) -> list[str]:
    """`listPrice`, `list-price`, `list_price` → `["list", "price"]`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)
    return [word.lower() for word in re.split(r"[^A-Za-z0-9]+", spaced) if word]


def snake(text: str) -> str:
    """`listPrice` → `list_price`."""
    return "_".join(words(text))


def pascal(text: str) -> str:
    """`list_price` → `ListPrice`."""
    return "".join(word[:1].upper() + word[1:] for word in words(text))


def is_plural(word: str) -> bool:
    """Whether an English noun looks like a plural."""
    return word.endswith("s") and not word.endswith(_UNCOUNTED)


def singular(text: str) -> str:
    """The last word of a name in the singular: `companies` → `company`."""
    if not is_plural(text):
        return text
    if text.endswith("ies"):
        return text[:-3] + "y"
    return text[:-2] if text.endswith(("xes", "ches", "shes", "sses")) else text[:-1]


def not_keyword(name: str) -> str:
    """A name that may be typed: `import` → `import_`."""
    return f"{name}_" if iskeyword(name) else name


def resource_name(tag: str) -> str:
    """The attribute of the client for a tag: `API Keys` → `api_keys`."""
    return not_keyword(snake(tag))


def method_name(method: str, path: str, *, kind: str, siblings: frozenset[str]) -> str:
    """The Python method for an operation; `siblings` are the methods of the same path."""
    segments = path.strip("/").split("/")
    on_item = segments[-1].startswith("{")
    tail = [snake(segment) for segment in segments[1:] if not segment.startswith("{")]
    if not tail:
        plain = {"get": "get" if on_item else "list", "post": "create", "delete": "delete"}
        if method in ("put", "patch"):
            return "patch" if method == "patch" and "put" in siblings else "update"
        return plain.get(method, method)
    noun = "_".join([*(singular(word) for word in tail[:-1]), tail[-1]])
    if on_item:
        noun = singular(noun)
    if method == "get":
        if tail[-1] in _VERBS:
            return noun
        return f"list_{noun}" if kind == "page" and not on_item else f"get_{noun}"
    if method in ("delete", "patch"):
        return f"{'update' if method == 'patch' else method}_{noun}"
    # A path that can also be read is a thing (update_profile), otherwise it is a deed (revoke).
    if method == "put" and ("get" in siblings or on_item):
        return f"update_{noun}"
    return f"create_{singular(noun)}" if method == "post" and "get" in siblings else noun


def longer_names(name: str, method: str, path: str) -> list[str]:
    """What else an operation may be called when another has `name`: the shortest first."""
    name = name.rstrip("_")
    parameters = [snake(p) for p in re.findall(r"{([^}]+)}", path)]
    out: list[str] = []
    if method == "patch" and name.startswith("update"):
        out.append("patch" + name.removeprefix("update"))
    if parameters:
        out += [f"{name}_by_{parameters[-1]}", f"{name}_by_{'_and_'.join(parameters)}"]
    return [*out, f"{method}_{snake(path)}"]


def body_keyword(name: str, taken: Collection[str]) -> str:
    """The keyword for a field of the body: its own name, unless a parameter is called so too."""
    return f"body_{name}" if name in taken else name


def owned_name(owner: str, wire: str, *, item: bool = False) -> str:
    """The class for something inline below `owner`: `Listing` + `status` → `ListingStatus`."""
    part = pascal(wire)
    if item and owner.endswith(part):
        return owner[: -len(part)] + pascal(singular(part))
    if item:
        part = pascal(singular(snake(wire)))
    return part if part.startswith(owner) else owner + part


def result_name(resource: str, method: str) -> str:
    """The class for what an operation gives: `auth.login` → `AuthLogin`."""
    bare = re.sub(r"^(get|list)_", "", method)
    return pascal(singular(resource)) + pascal(bare)


@frozen
class LockedOperation:
    """What a release fixed for an operation."""

    name: str
    kind: str
    unwrap: list[str]


@frozen
class Lock:
    """Names that never move after a release."""

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
        """What `names.lock.json` holds."""
        operations = {
            place: {"name": entry.name, "kind": entry.kind, "unwrap": entry.unwrap}
            for place, entry in sorted(self.operations.items())
        }
        return {"operations": operations, "schemas": dict(sorted(self.schemas.items()))}
