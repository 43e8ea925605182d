"""The adapter to openapi-python-client: the only module that imports that package.

The generator parses the document of `Api` and drives our templates. What it parsed is joined with
`Api` by name: the templates get objects of `Api` only, and every difference is an error, because
the generator drops some things without a warning.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Collection, Iterable, Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import Endpoint, EndpointCollection
from openapi_python_client.parser.properties.model_property import ModelProperty
from openapi_python_client.strings import ClassName, PythonIdentifier

from ..api import Api, Enum, Model, Operation
from ..errors import CodegenError, Problem
from ..names import module_name
from ..render import Code, Group, groups_of, resource_names, template_functions
from .document import body_name, members, operation_id, to_openapi

_TEMPLATES = Path(__file__).parent.parent / "render" / "templates"
_PREFIX = "f_"


def render(api: Api) -> dict[str, str]:
    """Return the generated modules by path, such as `api/listings.py`; not formatted yet.

    Raises `CodegenError` when the generator parsed anything else than `Api` says.
    """
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "generated"
        config = _config(out)
        data = GeneratorData.from_dict(to_openapi(api), config=config)
        if isinstance(data, GeneratorError):
            raise CodegenError([_problem(data)])
        problems = list(differences(api, data))
        if problems:
            raise CodegenError(problems)
        _add_deprecated_groups(api, data)
        blocking = _build(api, data, config)
        return {**_collect(api, data, out), **blocking}


def _config(out: Path) -> Config:
    """The options of the generator: no formatting, which is ours."""
    # Without literal_enums, members that differ in case alone crash it:
    # https://github.com/openapi-generators/openapi-python-client/pull/1114
    options = ConfigFile(literal_enums=True, field_prefix=_PREFIX, post_hooks=[])
    source = Path("openapi.json")
    return Config.from_sources(options, MetaType.NONE, source, "utf-8", False, out)


def _build(api: Api, data: GeneratorData, config: Config) -> dict[str, str]:
    """Write the files that the generator knows of; return those of the blocking client."""
    project = Project(openapi=data, config=config, custom_template_path=_TEMPLATES)
    resources = {PythonIdentifier(name, "tag"): name for name in resource_names(api)}
    groups = groups_of(api)
    models = {_parsed_name(model.name): model for model in api.models.values()}
    enums = {_parsed_name(enum.name): enum for enum in _standalone_enums(api)}

    def model_of(parsed: ModelProperty) -> Model | None:
        return models.get(_class(parsed))  # None for a body whose fields are arguments

    def enum_of(parsed: Any) -> Enum | None:
        return enums.get(_class(parsed))  # None for an alias in the module of a model

    def group(collection: EndpointCollection) -> Group:
        return groups[resources[PythonIdentifier(str(collection.tag), "tag")]]

    functions: dict[str, Any] = {**template_functions(api)}
    functions |= {"model_of": model_of, "enum_of": enum_of, "group_of": group}
    project.env.globals.update(functions)
    project.env.finalize = only_code
    with redirect_stdout(io.StringIO()):
        warnings = project.build()
    if warnings:
        raise CodegenError([_problem(warning) for warning in warnings])
    module = project.env.get_template("blocking_module.jinja")
    found = {"blocking/api/__init__.py": project.env.get_template("blocking_init.jinja").render()}
    for resource, one in groups.items():
        found[f"blocking/api/{module_name(resource)}.py"] = module.render(group=one)
    return found


def only_code(value: Any) -> Code:
    """What a template prints; TypeError for anything that is not known to be code."""
    if not isinstance(value, Code):
        raise TypeError(f"a template prints {value!r:.80}, which is not Code")
    return value


def _collect(api: Api, data: GeneratorData, out: Path) -> dict[str, str]:
    """The files that become modules, by their place in the package."""
    written = {_class(p): f"{p.class_info.module_name}.py" for p in [*data.models, *data.enums]}
    found = {"api/__init__.py": out / "api" / "__init__.py"}
    found["models/__init__.py"] = out / "models" / "__init__.py"
    for resource in resource_names(api):
        tag = PythonIdentifier(resource, "tag")
        found[f"api/{module_name(resource)}.py"] = out / "api" / tag / "__init__.py"
    classes: list[Model | Enum] = [*api.models.values(), *_standalone_enums(api)]
    for named in classes:
        found[f"models/{named.module}.py"] = out / "models" / written[_parsed_name(named.name)]
    return {name: path.read_text(encoding="utf-8") for name, path in sorted(found.items())}


def _standalone_enums(api: Api) -> list[Enum]:
    """The enums that are not in the module of a model."""
    modules = {model.module for model in api.models.values()}
    return [enum for enum in api.enums.values() if enum.module not in modules]


def _parsed_name(name: str) -> str:
    """How the parser spells a class: `Data4k` is `Data4K` to it."""
    return str(ClassName(name, _PREFIX))


def _add_deprecated_groups(api: Api, data: GeneratorData) -> None:
    """Groups without operations for deprecated names whose own group is gone."""
    for resource in resource_names(api):
        tag = PythonIdentifier(resource, "tag")
        if tag not in data.endpoint_collections_by_tag:
            data.endpoint_collections_by_tag[tag] = EndpointCollection(tag=resource)


def differences(api: Api, data: GeneratorData) -> Iterable[Problem]:
    """Yield everything that the generator lost or made up, by name."""
    operations = {
        str(PythonIdentifier(operation_id(o), _PREFIX)): [
            f"{a.location} {a.name}" if a.location != "body" or _is_spread(o) else "body"
            for a in o.arguments
        ]
        for o in api.operations.values()
    }
    bodies = {
        _parsed_name(body_name(o, api)): [a.name for a in o.in_location("body")]
        for o in api.operations.values()
        if _is_spread(o)
    }
    models = {_parsed_name(m.name): [f.name for f in m.fields] for m in api.models.values()}
    enums = {_parsed_name(e.name): members(e) for e in api.enums.values()}
    yield from _compare("operation", operations, _parsed_operations(data, bodies.keys()))
    parsed = {_class(m): list(_fields(m)) for m in data.models}
    yield from _compare("model", models | bodies, parsed)
    yield from _compare("enum", enums, {_class(e): [*map(str, e.values)] for e in data.enums})


def _is_spread(operation: Operation) -> bool:
    return operation.body is not None and operation.body.spread


def _parsed_operations(data: GeneratorData, bodies: Collection[str]) -> dict[str, list[str]]:
    return {
        str(endpoint.name): list(_arguments(endpoint, bodies))
        for collection in data.endpoint_collections_by_tag.values()
        for endpoint in collection.endpoints
    }


def _class(parsed: Any) -> str:
    return str(parsed.class_info.name)


def _arguments(endpoint: Endpoint, bodies: Collection[str]) -> Iterable[str]:
    located = {
        "path": endpoint.path_parameters,
        "query": endpoint.query_parameters,
        "header": endpoint.header_parameters,
    }
    for location, parameters in located.items():
        for parameter in parameters:
            yield f"{location} {parameter.name.get_untrusted_value()}"
    for body in endpoint.bodies:
        if isinstance(body.prop, ModelProperty) and _class(body.prop) in bodies:
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
