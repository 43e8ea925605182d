"""Deprecated aliases: what the templates print for names that the document no longer has."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import evolve, frozen
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.openapi import Endpoint, EndpointCollection
from openapi_python_client.strings import PythonIdentifier

from ..alias import Alias
from .endpoint import EndpointView
from .model import repr_double
from .text import indented, paragraph, plain


@frozen
class DeprecatedMethod:
    """A method that a resource had."""

    method: str
    message: str
    """As a string literal."""
    doc: str
    view: EndpointView | None
    """What it calls, under the old name; None when nothing replaces it."""
    imports: str
    """The import of the module that it calls, when that is in another group."""


@frozen
class DeprecatedClass:
    """A class or an enum that `models` had."""

    name: str
    message: str
    """As a string literal."""
    instead: str
    """The class that it stands for; empty when nothing replaces it."""


def add_deprecated_groups(data: GeneratorData, aliases: Sequence[Alias]) -> None:
    """Groups without operations for aliases whose own group is gone."""
    groups = data.endpoint_collections_by_tag
    for alias in aliases:
        group = PythonIdentifier(alias.name.split(".")[0], "f_")
        if group != "models" and group not in groups:
            groups[group] = EndpointCollection(tag=str(group))


def methods_of(
    collection: EndpointCollection,
    data: GeneratorData,
    aliases: Sequence[Alias],
    view: Callable[[Endpoint], EndpointView],
) -> list[DeprecatedMethod]:
    """The deprecated methods of one group."""
    own = [alias for alias in aliases if alias.name.split(".")[0] == str(collection.tag)]
    if not own:
        return []
    targets = {
        f"{group}.{made.method}": (str(group), made)
        for group, found in data.endpoint_collections_by_tag.items()
        for made in map(view, found.endpoints)
    }
    out: list[DeprecatedMethod] = []
    for alias in sorted(own, key=lambda a: a.name):
        group, method = alias.name.split(".")
        home, target = targets[alias.instead] if alias.instead else (group, None)
        elsewhere = f"from ..{home} import {target.module}" if target and home != group else ""
        out.append(
            DeprecatedMethod(
                method,
                repr_double(alias.message),
                indented(paragraph(plain(f"Deprecated: {alias.message}"), 11), 8),
                target and evolve(target, method=method),
                elsewhere,
            )
        )
    return out


def classes_of(aliases: Sequence[Alias]) -> list[DeprecatedClass]:
    """The deprecated names of `models`."""
    return [
        DeprecatedClass(
            alias.name.removeprefix("models."),
            repr_double(alias.message),
            (alias.instead or "").removeprefix("models."),
        )
        for alias in sorted(aliases, key=lambda a: a.name)
        if alias.name.startswith("models.")
    ]
