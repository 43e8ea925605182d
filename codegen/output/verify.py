"""Counting what went into the generator against what it parsed: no warning is needed to lose.

The generator drops some things without a word (a second operation of the same name, a parameter
without a schema). So each operation, argument, model, field and enum member that the normalised
document holds must be found again, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.openapi import Endpoint

from .refusal import Problem, Refused
from .rendering.properties import ModelProperty
from .rendering.types import is_map


def check_accounts(expected: Mapping[str, Any], data: GeneratorData) -> None:
    """Raise `Refused` naming everything that is missing from `data`, or there beyond `expected`."""
    problems = [
        *_compare("operation", expected["operations"], parsed_operations(data)),
        *_compare("model", expected["models"], parsed_models(data)),
        *_compare("enum", expected["enums"], parsed_enums(data)),
    ]
    if problems:
        raise Refused(problems)


def parsed_operations(data: GeneratorData) -> dict[str, list[str]]:
    """Each operation by its id with its arguments, by wire name."""
    return {
        str(endpoint.name): sorted(_arguments(endpoint))
        for collection in data.endpoint_collections_by_tag.values()
        for endpoint in collection.endpoints
    }


def parsed_models(data: GeneratorData) -> dict[str, list[str]]:
    """Each model with its fields, by wire name."""
    return {str(m.class_info.name): sorted(_fields(m)) for m in data.models}


def parsed_enums(data: GeneratorData) -> dict[str, list[str]]:
    """Each enum with its members."""
    return {str(e.class_info.name): sorted(map(str, e.values)) for e in data.enums}


def _arguments(endpoint: Endpoint) -> Iterable[str]:
    located = {
        "path": endpoint.path_parameters,
        "query": endpoint.query_parameters,
        "header": endpoint.header_parameters,
        "cookie": endpoint.cookie_parameters,
    }
    for location, parameters in located.items():
        for parameter in parameters:
            yield f"{location} {parameter.name.get_untrusted_value()}"
    for body in endpoint.bodies:
        if isinstance(body.prop, ModelProperty) and not is_map(body.prop):
            yield from (f"body {name}" for name in _fields(body.prop))
        else:
            yield "body"


def _fields(model: ModelProperty) -> list[str]:
    props = [*(model.required_properties or []), *(model.optional_properties or [])]
    return [prop.name.get_untrusted_value() for prop in props]


def _compare(
    kind: str, expected: Mapping[str, list[str]], parsed: Mapping[str, list[str]]
) -> list[Problem]:
    problems: list[Problem] = []
    for name in sorted(expected.keys() | parsed.keys()):
        place = f"{kind} {name}"
        if name not in parsed:
            problems.append(Problem(place, "is in the document, but not in what was generated"))
        elif name not in expected:
            problems.append(Problem(place, "was generated, but is not in the document"))
        else:
            lost = sorted(set(expected[name]) - set(parsed[name]))
            extra = sorted(set(parsed[name]) - set(expected[name]))
            if lost:
                problems.append(Problem(place, f"lost: {', '.join(lost)}"))
            if extra:
                problems.append(Problem(place, f"made up: {', '.join(extra)}"))
    return problems
