"""The adapter to openapi-python-client: the only module that imports that package.

The generator parses the document of `Api` and drives our templates. What it parsed is joined with
`Api` by name: the templates get objects of `Api` only, and every difference is an error, because
the generator drops some things without a warning.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from openapi_python_client import Project
from openapi_python_client.config import ClassOverride, Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import Endpoint, EndpointCollection
from openapi_python_client.parser.properties.model_property import ModelProperty
from openapi_python_client.strings import ClassName, PythonIdentifier

from ..api import Api, Enum, Model
from ..errors import CodegenError, Problem
from ..render import Code, Group, group_of, resource_names, template_functions
from .document import body_name, operation_id, to_openapi

_TEMPLATES = Path(__file__).parent.parent / "render" / "templates"
_PREFIX = "f_"


def render(api: Api) -> dict[str, str]:
    """Return the generated modules by path, such as `api/listings.py`; not formatted yet.

    Raises `CodegenError` when the generator parsed anything else than `Api` says.
    """
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "generated"
        config = _config(api, out)
        data = GeneratorData.from_dict(to_openapi(api), config=config)
        if isinstance(data, GeneratorError):
            raise CodegenError([_problem(data)])
        problems = list(differences(api, data))
        if problems:
            raise CodegenError(problems)
        _add_deprecated_groups(api, data)
        _build(api, data, config)
        return _collect(api, out)


def _config(api: Api, out: Path) -> Config:
    """The options of the generator: our class and module names, no formatting."""
    standalone = {model.module for model in api.models.values()}
    overrides = {
        ClassName(name, _PREFIX): ClassOverride(class_name=name, module_name=model.module)
        for name, model in api.models.items()
    } | {
        # An alias in the module of a model gets a file that is no module, and is not collected.
        ClassName(name, _PREFIX): ClassOverride(
            class_name=name,
            module_name=f"{name}.alias" if enum.module in standalone else enum.module,
        )
        for name, enum in api.enums.items()
    }
    options = ConfigFile(
        literal_enums=True, field_prefix=_PREFIX, post_hooks=[], class_overrides=overrides
    )
    source = Path("openapi.json")
    return Config.from_sources(options, MetaType.NONE, source, "utf-8", False, out)


def _build(api: Api, data: GeneratorData, config: Config) -> None:
    project = Project(openapi=data, config=config, custom_template_path=_TEMPLATES)
    resources = {PythonIdentifier(name, "tag"): name for name in resource_names(api)}
    models = {body_name(o, api): None for o in api.operations.values()} | dict(api.models)

    def model_of(parsed: ModelProperty) -> Model | None:
        return models[str(parsed.class_info.name)]

    def enum_of(parsed: Any) -> Enum | None:
        enum = api.enums[str(parsed.class_info.name)]
        inside = any(model.module == enum.module for model in api.models.values())
        return None if inside else enum

    def group(collection: EndpointCollection) -> Group:
        return group_of(resources[PythonIdentifier(str(collection.tag), "tag")], api)

    functions = {**template_functions(api)}
    functions |= {"model_of": model_of, "enum_of": enum_of, "group_of": group}
    project.env.globals.update(functions)
    project.env.finalize = _only_code
    with redirect_stdout(io.StringIO()):
        warnings = project.build()
    if warnings:
        raise CodegenError([_problem(warning) for warning in warnings])


def _only_code(value: Any) -> Code:
    """What a template prints; TypeError for anything that is not known to be code."""
    if not isinstance(value, Code):
        raise TypeError(f"a template prints {value!r:.80}, which is not Code")
    return value


def _collect(api: Api, out: Path) -> dict[str, str]:
    """The files that become modules, by their place in the package."""
    found = {"api/__init__.py": out / "api" / "__init__.py"}
    found["models/__init__.py"] = out / "models" / "__init__.py"
    for resource in resource_names(api):
        tag = PythonIdentifier(resource, "tag")
        found[f"api/{resource}.py"] = out / "api" / tag / "__init__.py"
    for named in [*api.models.values(), *api.enums.values()]:
        found[f"models/{named.module}.py"] = out / "models" / f"{named.module}.py"
    return {name: path.read_text(encoding="utf-8") for name, path in sorted(found.items())}


def _add_deprecated_groups(api: Api, data: GeneratorData) -> None:
    """Groups without operations for deprecated names whose own group is gone."""
    for resource in resource_names(api):
        tag = PythonIdentifier(resource, "tag")
        if tag not in data.endpoint_collections_by_tag:
            data.endpoint_collections_by_tag[tag] = EndpointCollection(tag=resource)


def differences(api: Api, data: GeneratorData) -> Iterable[Problem]:
    """Yield everything that the generator lost or made up, by name."""
    operations = {
        PythonIdentifier(operation_id(o), _PREFIX): [f"{a.location} {a.name}" for a in o.arguments]
        for o in api.operations.values()
    }
    bodies = {
        body_name(o, api): [a.name for a in o.in_location("body")]
        for o in api.operations.values()
        if o.body is not None and o.body.spread
    }
    models = {m.name: [f.name for f in m.fields] for m in api.models.values()} | bodies
    enums = {e.name: [str(value) for value in e.values] for e in api.enums.values()}
    yield from _compare("operation", operations, _parsed_operations(data))
    yield from _compare("model", models, {_class(m): list(_fields(m)) for m in data.models})
    yield from _compare("enum", enums, {_class(e): [*map(str, e.values)] for e in data.enums})


def _parsed_operations(data: GeneratorData) -> dict[str, list[str]]:
    return {
        str(endpoint.name): list(_arguments(endpoint))
        for collection in data.endpoint_collections_by_tag.values()
        for endpoint in collection.endpoints
    }


def _class(parsed: Any) -> str:
    return str(parsed.class_info.name)


def _arguments(endpoint: Endpoint) -> Iterable[str]:
    located = {
        "path": endpoint.path_parameters,
        "query": endpoint.query_parameters,
        "header": endpoint.header_parameters,
    }
    for location, parameters in located.items():
        for parameter in parameters:
            yield f"{location} {parameter.name.get_untrusted_value()}"
    for body in endpoint.bodies:
        if isinstance(body.prop, ModelProperty) and _class(body.prop).endswith(("Arguments", "ArgumentsBody")):
            yield from (f"body {name}" for name in _fields(body.prop))
        else:
            yield "body"


def _fields(model: ModelProperty) -> Iterable[str]:
    for prop in [*(model.required_properties or []), *(model.optional_properties or [])]:
        yield prop.name.get_untrusted_value()


def _compare(
    kind: str, expected: Mapping[str, list[str]], parsed: Mapping[str, list[str]]
) -> Iterable[Problem]:
    for name in sorted(expected.keys() | parsed.keys()):
        place = f"{kind} {name}"
        if name not in parsed:
            yield Problem(place, "is in the document, but the generator lost it")
        elif name not in expected:
            yield Problem(place, "was made up by the generator")
        elif sorted(expected[name]) != sorted(parsed[name]):
            lost = sorted(set(expected[name]) ^ set(parsed[name]))
            yield Problem(place, f"differs in what the generator parsed: {', '.join(lost)}")


def _problem(error: Any) -> Problem:
    where = str(getattr(error, "header", "") or "the document").strip()
    return Problem(where, f"the generator would lose something: {error.detail or 'no detail'}")
