"""Inputs: what is sent gets classes of its own, because absent and null differ only there."""

from __future__ import annotations

import copy
from typing import Any

from ..document import Json, is_object
from .references import component_name


def split_inputs(body: Json, components: Json) -> Json:
    """A body schema that refers to input copies of object components; adds them."""
    if "$ref" in body:
        name = component_name(str(body["$ref"])) or ""
        target = components.get(name, {})
        if not _holds_objects(target, components, frozenset({name})):
            return body
        spread = bool(target.get("x-sdk-body"))
        copied = name if spread else f"{name}Input"
        if copied not in components or (spread and not target.get("x-sdk-input")):
            # Marked before its inside is made, which may refer to it.
            components[copied] = {**target, "x-sdk-input": True}
            made = _inside(_writable(copy.deepcopy(target)), components)
            components[copied] = {**made, "x-sdk-input": True}
        return {**body, "$ref": f"#/components/schemas/{copied}"}
    return _inside(body, components)


def drop_write_only(components: Json) -> None:
    """Take fields that are never read off the read models."""
    for schema in components.values():
        if not schema.get("x-sdk-input") and "properties" in schema:
            _drop(schema, "x-writeOnly")


def _inside(schema: Json, components: Json) -> Json:
    out = dict(schema)
    if "properties" in out:
        out["properties"] = {k: split_inputs(v, components) for k, v in out["properties"].items()}
    for key in ("items", "additionalProperties"):
        if is_object(out.get(key)):
            out[key] = split_inputs(out[key], components)
    if "oneOf" in out:
        out["oneOf"] = [split_inputs(variant, components) for variant in out["oneOf"]]
    return out


def _writable(schema: Json) -> Json:
    if "properties" in schema:
        _drop(schema, "x-readOnly")
    return schema


def _drop(schema: Json, mark: str) -> None:
    gone = [name for name, value in schema["properties"].items() if value.get(mark)]
    for name in gone:
        del schema["properties"][name]
    if "required" in schema:
        schema["required"] = [name for name in schema["required"] if name not in gone]
        if not schema["required"]:
            del schema["required"]


def _holds_objects(schema: Json, components: Json, seen: frozenset[str]) -> bool:
    """Whether a class with fields lies anywhere within: only those have a write side."""
    if schema.get("properties"):
        return True
    inner: list[Any] = [schema.get("items"), schema.get("additionalProperties")]
    inner += schema.get("oneOf", [])
    for node in inner:
        if not is_object(node):
            continue
        name = component_name(str(node.get("$ref", "")))
        if name is None:
            if _holds_objects(node, components, seen):
                return True
        elif name not in seen and _holds_objects(
            components.get(name, {}), components, seen | {name}
        ):
            return True
    return False
