"""Component schemas under the names of their classes: `user_profile` is `UserProfile` from here."""

from __future__ import annotations

from typing import Any

from ..document import Json, as_array, as_object, is_array, is_object
from ..findings import Findings
from ..names import class_name
from ..runtime import NAMES
from ..source.references import component_name


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
    for base, schema in components.items():
        discriminator: Any = as_object(schema).get("discriminator")
        if not is_object(discriminator) or "properties" not in schema:
            continue
        explicit = as_object(discriminator.get("mapping"))
        children = {
            name: renamed[name]
            for name, child in components.items()
            if _includes(child, renamed[base]) and renamed[name] not in explicit.values()
        }
        discriminator["mapping"] = {**children, **explicit}


def _includes(schema: Any, base: str) -> bool:
    """Whether a schema has a component among its allOf."""
    members = as_array(as_object(schema).get("allOf"))
    return any(component_name(as_object(m).get("$ref")) == base for m in members)


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
        chosen, number = wanted, 2
        while chosen.lower() in taken:  # file systems may ignore case
            chosen, number = f"{wanted}{number}", number + 1
        if chosen != wanted:
            findings.note(
                at,
                f"gives the same class as {taken[wanted.lower()]!r}; it is {chosen}",
                kind="renamed",
            )
        taken[chosen.lower()] = name
        renamed[name] = chosen
    return renamed


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
