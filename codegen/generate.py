"""The driver: normalise, run the generator, count what came out, tidy. Writes one folder."""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from attrs import frozen
from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import Endpoint, EndpointCollection
from openapi_python_client.parser.properties.schemas import Class

from .accounting import check_accounts
from .document import Json
from .normalise import Normalised
from .refusal import Problem, Refused, within
from .rendering import (
    EndpointView,
    ModelView,
    cyclic_models,
    endpoint_view,
    enum_values,
    model_view,
)
from .rendering.complete import complete_copies
from .rendering.decoding import Discriminator, Unions
from .rendering.deprecated import (
    DeprecatedMethod,
    add_deprecated_groups,
    classes_of,
    methods_of,
)
from .rendering.properties import ModelProperty
from .rendering.types import has_class
from .tidy import tidy
from .toolchain import check_toolchain

HERE = Path(__file__).parent
FOLDERS = ("api", "models")


@frozen
class Counts:
    """What one run wrote."""

    operations: int
    models: int
    enums: int

    def __str__(self) -> str:
        return f"{self.operations} operations, {self.models} models, {self.enums} enums"


def generate(normalised: Normalised, out: Path) -> Counts:
    """Write `api/` and `models/` below `out`, which must not exist.

    Raises `Refused` when the generator warns of anything, or when what it parsed is not what the
    normalised document holds.
    """
    check_toolchain()
    config = Config.from_sources(
        ConfigFile.load_from_path(HERE / "config.yaml"),
        MetaType.NONE,
        Path("openapi.json"),
        "utf-8",
        False,
        out,
    )
    data = GeneratorData.from_dict(normalised.document, config=config)
    if isinstance(data, GeneratorError):
        raise Refused([_problem(data)])
    complete_copies(data)
    add_deprecated_groups(data, normalised.aliases)
    project = Project(openapi=data, config=config, custom_template_path=HERE / "templates")
    project.env.globals.update(_template_functions(data, normalised))
    with redirect_stdout(io.StringIO()):
        warnings = project.build()
    if warnings:
        raise Refused([_problem(warning) for warning in warnings])
    check_accounts(normalised.report.expected, data)
    models = list(data.models)
    tidy(out, unused_modules=[m.class_info.module_name for m in models if not has_class(m)])
    return Counts(
        sum(len(c.endpoints) for c in data.endpoint_collections_by_tag.values()),
        sum(has_class(m) for m in models),
        len(list(data.enums)),
    )


def _template_functions(data: GeneratorData, normalised: Normalised) -> dict[str, Any]:
    models = list(data.models)
    unions, cycles = _unions(normalised.document), cyclic_models(models)
    aliases = normalised.aliases
    places = {name: place for place, name in normalised.names.schemas.items()}

    def views(endpoint: Endpoint) -> EndpointView:
        facts: Json = (endpoint.responses.patterns[0].data.model_extra or {})["x-sdk"]
        with within(f"{facts['http']} {facts['path']}"):
            return endpoint_view(endpoint, unions=unions)

    def models_view(model: ModelProperty) -> ModelView:
        name = str(model.class_info.name)
        with within(places.get(name, f"components.schemas.{name}")):
            return model_view(model, unions=unions, cycles=cycles)

    def public_classes() -> list[Class]:
        classes = [m.class_info for m in models if has_class(m)]
        classes += [e.class_info for e in data.enums]
        return sorted(classes, key=lambda c: c.name)

    def endpoint_views(collection: EndpointCollection) -> list[EndpointView]:
        return sorted(map(views, collection.endpoints), key=lambda view: view.method)

    def deprecated_methods(collection: EndpointCollection) -> list[DeprecatedMethod]:
        return methods_of(collection, data, aliases, views)

    return {
        "deprecated_methods": deprecated_methods,
        "deprecated_classes": classes_of(aliases),
        "model_view": models_view,
        "endpoint_view": views,
        "endpoint_views": endpoint_views,
        "enum_values": enum_values,
        "public_classes": public_classes,
        "qualified": qualified,
        "resource_imports": resource_imports,
    }


def resource_imports(views: list[EndpointView]) -> list[str]:
    """The imports of models that the signatures of a resource need."""
    return sorted({line for view in views for line in view.imports})


def qualified(annotation: str) -> str:
    """`list[…]` as `builtins.list[…]`: inside a resource, `list` is its method."""
    out, word = "", ""
    for character in annotation:
        if character.isidentifier() or character.isdigit() or character == ".":
            word += character
            continue
        out += f"builtins.{word}" if word == "list" and character == "[" else word
        out += character
        word = ""
    return out + word


def _unions(document: Json) -> Unions:
    found: dict[frozenset[str], Discriminator] = {}
    schemas: Mapping[str, Json] = document.get("components", {}).get("schemas", {})
    for name, schema in schemas.items():
        facts = schema.get("x-sdk-union")
        if not facts:
            continue
        mapping: dict[str, str] = facts["mapping"]
        members = frozenset(mapping.values())
        union = Discriminator(facts["property"], mapping)
        if found.setdefault(members, union) != union:
            reason = "another union of the same models has another discriminator"
            raise Refused([Problem(f"components.schemas.{name}", reason)])
    return found


def _problem(error: Any) -> Problem:
    where = str(getattr(error, "header", "") or "the document").strip()
    return Problem(where, f"the generator would lose something: {error.detail or 'no detail'}")
