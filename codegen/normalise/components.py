"""Component schemas under the names of their classes: `user_profile` is `UserProfile` from here."""

from __future__ import annotations

from collections.abc import Container
from functools import partial
from typing import Any

from ..document import Json, as_array, as_object, is_array, is_object
from ..findings import Findings
from ..names import class_name, free_number
from ..runtime import NAMES
from ..source.references import component_name

_HAVE_DISCRIMINATORS = {"properties", "oneOf", "anyOf"}
_MOST_CHILDREN = 200
"""Classes that extend one class and are distinguished: a union of more helps nobody."""


def rename_components(document: Json, findings: Findings) -> Json:
    """Return `document` with every component schema, and every reference to it, renamed."""
    schemas: Json = document["components"]["schemas"]
    renamed = _class_names(schemas, findings)
    made: Json = _rewritten(document, renamed)
    components: Json = made["components"]["schemas"]
    _imply_children(components, renamed)
    made["components"]["schemas"] = {
        new: components[old] for old, new in sorted(renamed.items(), key=lambda pair: pair[1])
    }
    return made


def _imply_children(components: Json, renamed: dict[str, str]) -> None:
    """Complete the discriminator of a base: its children are the components that include it.

    OpenAPI implies their values, which are the names in the document.
    """
    extensions = _extensions(components)
    for base, schema in components.items():
        discriminator: Any = as_object(schema).get("discriminator")
        if not is_object(discriminator) or "properties" not in schema:
            continue
        explicit = as_object(discriminator.get("mapping"))
        named = set(map(str, explicit.values()))
        children = {
            name: renamed[name]
            for name in _descendants(renamed[base], extensions, renamed)
            if renamed[name] not in named
        }
        discriminator["mapping"] = {**children, **explicit}


def _extensions(components: Json) -> dict[str, list[str]]:
    """The components that have a component among their allOf, by its class."""
    found: dict[str, list[str]] = {}
    for name, schema in components.items():
        members = as_array(as_object(schema).get("allOf"))
        bases = {component_name(as_object(member).get("$ref")) for member in members}
        for base in bases - {None}:
            found.setdefault(str(base), []).append(name)
    return found


def _descendants(base: str, extensions: dict[str, list[str]], renamed: dict[str, str]) -> list[str]:
    """The components that extend a class, directly or not."""
    found: dict[str, None] = {}
    waiting = [base]
    while waiting and len(found) < _MOST_CHILDREN:
        for name in extensions.get(waiting.pop(), ()):
            if name not in found:
                found[name] = None
                waiting.append(renamed[name])
    return [*found]


def _class_names(schemas: Json, findings: Findings) -> dict[str, str]:
    """A class for each component; a name that is one already comes first."""
    renamed: dict[str, str] = {}
    taken: dict[str, str] = {}
    for name in sorted(schemas, key=lambda n: (class_name(n) != n, n)):
        wanted = class_name(name) or "Model"
        at = f"components.schemas.{name}"
        if wanted in NAMES:
            reason = f"generated modules use the name {wanted}; it is {wanted}Model"
            findings.note(at, reason, kind="renamed")
            wanted += "Model"
        chosen, lower = wanted, wanted.lower()
        if lower in taken:  # file systems may ignore case
            chosen += str(free_number(partial(_is_taken, lower, taken)))
            findings.note(
                at,
                f"gives the same class as {taken[wanted.lower()]!r}; it is {chosen}",
                kind="renamed",
            )
        taken[chosen.lower()] = name
        renamed[name] = chosen
    return renamed


def _is_taken(name: str, taken: Container[str], number: int) -> bool:
    return f"{name}{number}" in taken


def _rewritten(node: Any, renamed: dict[str, str]) -> Any:
    if is_array(node):
        return [_rewritten(value, renamed) for value in node]
    if not is_object(node):
        return node
    out = {key: _rewritten(value, renamed) for key, value in node.items()}
    reference: Any = node.get("$ref")
    if isinstance(reference, str):
        head, rest = _split(reference)
        name = component_name(head)
        if name in renamed:
            out["$ref"] = f"#/components/schemas/{renamed[name]}{rest}"
    if isinstance(node.get("discriminator"), str) and _HAVE_DISCRIMINATORS & node.keys():
        node = {**node, "discriminator": {"propertyName": node["discriminator"]}}  # Swagger 2's way
    if is_object(node.get("discriminator")):
        out["discriminator"] = _with_mapping(node, renamed)
    return out


def _with_mapping(union: Json, renamed: dict[str, str]) -> Json:
    """The discriminator with every variant in its mapping.

    OpenAPI implies the ones that are left out: their values are the names in the document, which
    are gone once the components have the names of classes.
    """
    discriminator: Json = union["discriminator"]
    explicit = {
        str(value): renamed.get(component_name(target) or str(target), str(target))
        for value, target in as_object(discriminator.get("mapping")).items()
    }
    variants = [*as_array(union.get("oneOf")), *as_array(union.get("anyOf"))]
    names = [component_name(as_object(variant).get("$ref")) for variant in variants]
    implied = {
        name: renamed[name]
        for name in names
        if name in renamed and renamed[name] not in explicit.values()
    }
    return {**discriminator, "mapping": {**implied, **explicit}}


def _split(reference: str) -> tuple[str, str]:
    """A reference cut behind its component: `#/components/schemas/X` and the rest."""
    parts = reference.split("/")
    return "/".join(parts[:4]), "".join(f"/{part}" for part in parts[4:])
