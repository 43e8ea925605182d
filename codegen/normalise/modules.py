"""Modules of the generated classes: one for each model, its enums beside it."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from ..api import Enum, Model
from ..names import free_name, identifier, module_name


def assign_modules(
    models: Mapping[str, Model], enums: Mapping[str, Enum]
) -> tuple[dict[str, Model], dict[str, Enum]]:
    """Return the classes, sorted, with the module of each.

    An enum is in the module of the model whose name its own begins with, `ListingStatus` in that
    of `Listing`; without such a model it has a module of its own.
    """
    taken: set[str] = set()

    def module(name: str) -> str:
        found = free_name(module_name(identifier(name)), taken)
        taken.add(found)
        return found

    placed = {name: evolve(models[name], module=module(name)) for name in sorted(models)}
    aliases: dict[str, Enum] = {}
    for name in sorted(enums):
        prefixes = (name[:length] for length in range(len(name), 0, -1))
        owner = next((prefix for prefix in prefixes if prefix in placed), "")
        aliases[name] = evolve(enums[name], module=placed[owner].module if owner else module(name))
    return placed, aliases
