"""Marks that the templates read: secret and nullable fields, by object."""

from __future__ import annotations

from ..document import Json, is_object
from ..names import words
from ..overlay import Overlay
from .references import component_name

_SECRET_WORDS = {"password", "secret", "token"}
# "token" and its like as part of a name that is not itself a credential.
_HARMLESS_LAST = {"type", "count", "limit", "expiry", "expires", "preview", "id", "url", "at", "in"}


def mark_fields(components: Json, overlay: Overlay) -> None:
    """Replace marks on fields by lists on the object that owns them.

    Texts move there too: beside a reference they would be dropped.
    """
    for name, schema in components.items():
        if "properties" not in schema:
            strip(schema)
            continue
        secret, nullable, docs = list[str](), list[str](), dict[str, str]()
        for wire in sorted(schema["properties"]):
            node: Json = schema["properties"][wire]
            target = components.get(component_name(str(node.get("$ref", ""))) or "", node)
            if (
                node.get("x-secret")
                or (name, wire) in overlay.secrets
                or _sounds_secret(wire, target)
            ):
                secret.append(wire)
            if node.get("x-nullable") or target.get("x-nullable"):
                nullable.append(wire)
            if node.get("description"):
                docs[wire] = node["description"]
        if docs:
            schema["x-sdk-docs"] = docs
        if secret:
            schema["x-sdk-secret"] = secret
        if nullable:
            schema["x-sdk-nullable"] = nullable
        strip(schema)


def strip(schema: Json) -> None:
    """Take off the marks of the passes themselves, and what may not stand beside a reference."""
    for mark in ("x-nullable", "x-secret", "x-readOnly", "x-writeOnly", "x-discriminator"):
        schema.pop(mark, None)
    if "$ref" in schema:
        schema.pop("description", None)
        return
    for node in schema.get("properties", {}).values():
        strip(node)
    for key in ("items", "additionalProperties"):
        if is_object(schema.get(key)):
            strip(schema[key])
    for node in schema.get("oneOf", []):
        strip(node)


def _sounds_secret(wire: str, schema: Json) -> bool:
    if schema.get("type") != "string":
        return False
    parts = words(wire)
    if parts[-2:] == ["api", "key"]:
        return True
    return bool(_SECRET_WORDS & set(parts)) and parts[-1] not in _HARMLESS_LAST
