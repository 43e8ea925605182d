"""The vendor's document → one that the generator carries without loss. Pure."""

from __future__ import annotations

import copy
import json
from typing import Any, cast

from attrs import frozen

from ..alias import Alias
from ..document import Json, is_array, is_object
from ..names import Lock, pascal
from ..overlay import Overlay, apply_overlay
from ..refusal import Problem, Refused
from .checks import check_names, expected
from .inputs import drop_write_only
from .lift import Lifter
from .marks import mark_fields, strip
from .operations import Operations
from .parameters import template_path
from .prune import prune
from .references import component_name, inline_references
from .report import Report
from .schemas import Lowering
from .unions import mark_unions

__all__ = ["Normalised", "Report", "normalise"]


@frozen
class Normalised:
    """What the generator reads, the names it uses, and what was noticed."""

    document: Json
    names: Lock
    report: Report
    aliases: tuple[Alias, ...] = ()
    """Released names that the document no longer has."""


def normalise(document: Json, overlay: Overlay, lock: Lock, *, lenient: bool = False) -> Normalised:
    """Run every pass. Raises `Refused` with all problems of the first pass that finds any.

    A lenient reading passes over overlay entries that do not match, for comparing documents.
    """
    report = Report()
    source = apply_overlay(_checked(document), overlay, lenient=lenient)
    source = _class_names(source, report)
    source = inline_references(source, report)
    report.check()

    lowering = Lowering(source, report)
    lowered: Json = {
        name: lowering.lower(schema, f"components.schemas.{name}")
        for name, schema in _schemas(source).items()
        if "$ref" not in schema
    }
    report.check()
    source = {**source, "components": {**source["components"], "schemas": lowered}}
    lowering = Lowering(source, report)

    lifter = Lifter(lowering, report, {**overlay.names, **lock.schemas})
    for name in lowered:
        lifter.add_component(name, copy.deepcopy(lowered[name]))
    for name in lowered:
        lifter.lift_component(name)
    operations = Operations(source, overlay, lowering, lifter, report, lock.operations)
    paths = operations.build()
    report.check()

    components: Json = prune(paths, lifter.components)
    drop_write_only(components)
    made_at = {name: place for place, name in sorted(lifter.names.items(), reverse=True)}
    made_at |= {f"{name}Input": place for name, place in made_at.items()}
    mark_unions(components, report, made_at)
    mark_fields(components, overlay)
    if not lenient:
        _check_overlay(overlay, lifter, components, report)
    _strip_paths(paths)
    made: Json = {
        "openapi": "3.0.3",
        "info": {"title": "normalised", "version": "1"},
        "paths": paths,
        "components": {"schemas": dict(sorted(components.items()))},
    }
    check_names(made, report)
    report.relocate({name: made_at[name] for name in made_at if name not in lowered})
    report.check()
    report.expected = expected(made)
    used = {place: name for place, name in lifter.names.items() if name in components}
    aliases = () if lenient else overlay.deprecated
    return Normalised(_plain(made), Lock(operations.names, used), report, aliases)


def _check_overlay(overlay: Overlay, lifter: Lifter, components: Json, report: Report) -> None:
    """Refuse what the overlay says of things that only the passes make, when they made none."""
    for place in overlay.names.keys() - lifter.names.keys():
        report.refuse(f"overlay.toml name {place}", "there is no inline schema at this place")
    for model, wire in overlay.secrets:
        if wire not in components.get(model, {}).get("properties", {}):
            report.refuse(f"overlay.toml secret {model}.{wire}", "there is no such field")


def _checked(document: Any) -> Json:
    """The document, or `Refused` when it is no OpenAPI 3.0 or 3.1 document at all."""
    problem = None
    if not is_object(document):
        problem = "an object was expected"
    elif not str(document.get("openapi", "")).startswith(("3.0", "3.1")):
        problem = f"OpenAPI 3.0 or 3.1 was expected, got {document.get('openapi')!r}"
    elif not is_object(document.get("paths")) or not document["paths"]:
        problem = "there are no paths"
    elif not is_object(document.get("components", {})):
        problem = "components: an object was expected"
    if problem:
        raise Refused([Problem("the document", problem)])
    made = copy.deepcopy(cast("Json", document))
    made.setdefault("components", {}).setdefault("schemas", {})
    made["paths"] = {template_path(path): item for path, item in made["paths"].items()}
    return made


def _schemas(document: Json) -> Json:
    schemas: Json = document["components"]["schemas"]
    return {name: schemas[name] for name in sorted(schemas)}


def _class_names(document: Json, report: Report) -> Json:
    """Components under the names of their classes: `user_profile` is `UserProfile` from here on."""
    renamed: dict[str, str] = {}
    for name in _schemas(document):
        class_name = pascal(name)
        other = renamed.setdefault(class_name, name)
        if other != name:
            report.refuse(
                f"components.schemas.{name}",
                f"gives the same class {class_name} as {other!r}; rename one in the overlay",
            )
    mapping = {f"#/components/schemas/{old}": new for new, old in renamed.items()}

    def walk(node: Any) -> Any:
        if is_array(node):
            return [walk(value) for value in node]
        if not is_object(node):
            return node
        out = {key: walk(value) for key, value in node.items()}
        if isinstance(out.get("$ref"), str):
            reference: str = out["$ref"]
            head, rest = _head(reference)
            if head in mapping:
                out["$ref"] = f"#/components/schemas/{mapping[head]}{rest}"
        if is_object(out.get("discriminator")) and not out["discriminator"].get("mapping"):
            # Implied by OpenAPI: the values are the names that the document itself uses.
            out["discriminator"]["mapping"] = _implied_mapping(node)
        return out

    made: Json = walk(document)
    schemas: Json = made["components"]["schemas"]
    made["components"]["schemas"] = {new: schemas[old] for new, old in sorted(renamed.items())}
    return made


def _implied_mapping(union: Json) -> dict[str, str]:
    variants: list[Any] = [*union.get("oneOf", []), *union.get("anyOf", [])]
    references = [str(v["$ref"]) for v in variants if is_object(v) and "$ref" in v]
    names = [component_name(reference) for reference in references]
    return {name: name for name in names if name}


def _head(reference: str) -> tuple[str, str]:
    """A reference cut behind its component: `#/components/schemas/X` and what follows."""
    parts = reference.split("/")
    return "/".join(parts[:4]), "".join(f"/{part}" for part in parts[4:])


def _strip_paths(paths: Json) -> None:
    for item in paths.values():
        for operation in item.values():
            for parameter in operation["parameters"]:
                strip(parameter["schema"])
            holders = [*operation["responses"].values(), operation.get("requestBody", {})]
            for holder in holders:
                for media in holder.get("content", {}).values():
                    strip(media["schema"])


def _plain(document: Json) -> Json:
    """No object shared between two places, keys in one order."""
    plain: Json = json.loads(json.dumps(document, sort_keys=True))
    return plain
