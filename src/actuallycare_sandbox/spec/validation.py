"""Validate requests against the document's schemas.

`jsonschema` validates. This module parses the text of path and query parameters before, and turns
the library's errors into the documented `details` afterwards.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from .document import Document, OperationSpec, ParameterSpec, RequestBodySpec, Schema
from .json_schema import convert
from .undocumented_rules import CASE_INSENSITIVE, EFFECTIVE_DEFAULTS

_ROOT = "urn:openapi"
_INTEGER = re.compile(r"[+-]?[0-9]{1,1000}")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_BOOLEANS = {"true": True, "false": False}
_FORMATS = FormatChecker(("date", "date-time", "email", "ipv4", "ipv6", "uri", "uuid"))

Problem = dict[str, str]


class Validator:
    """Validates values against the schemas of one document."""

    def __init__(self, document: Document) -> None:
        resource = DRAFT202012.create_resource(convert(document.raw))
        self._registry: Any = Registry[Any]().with_resource(_ROOT, resource)
        self._compiled = lru_cache(maxsize=None)(self._compile)

    def body(self, body: RequestBodySpec, content_type: str, value: Any) -> list[Problem]:
        """Return the problems of a decoded request body."""
        escaped = content_type.replace("/", "~1")
        return self.at(f"{body.pointer}/{escaped}/schema", value)

    def at(self, pointer: str, value: Any, field: str = "") -> list[Problem]:
        """Return the problems of a value under the schema at a JSON pointer."""
        errors: Iterable[Any] = self._compiled(pointer).iter_errors(value)
        return [p for error in sorted(errors, key=_sort_key) for p in _problems(error, field)]

    def _compile(self, pointer: str) -> Any:
        return Draft202012Validator(
            {"$ref": f"{_ROOT}#{pointer}"}, registry=self._registry, format_checker=_FORMATS
        )

    def parameters(
        self, operation: OperationSpec, location: str, raw: Mapping[str, Sequence[str]]
    ) -> tuple[dict[str, Any], list[Problem]]:
        """Return the values of the documented parameters of one location, and their problems.

        Undocumented parameters are left out. Missing ones get their default.
        """
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for parameter in (p for p in operation.parameters if p.location == location):
            texts = raw.get(parameter.name)
            if texts is None:
                if parameter.required:
                    problems.append(_problem(parameter.name, "is required"))
                elif "default" in parameter.schema:
                    default = parameter.schema["default"]
                    key = (operation.path, parameter.name)
                    values[parameter.name] = EFFECTIVE_DEFAULTS.get(key, default)
                continue
            if (operation.path, parameter.name) in CASE_INSENSITIVE:
                texts = [text.lower() for text in texts]
            value = parse_parameter(parameter, texts)
            found = self.at(parameter.pointer, value, parameter.name)
            problems += found
            if not found:
                values[parameter.name] = value
        return values, problems


def parse_parameter(parameter: ParameterSpec, texts: Sequence[str]) -> Any:
    """Return the value of a parameter; text that is not of its type stays text."""
    schema = parameter.schema
    if schema.get("type") == "array":
        parts = texts if parameter.explode else [p for t in texts for p in t.split(",")]
        return [_parse_scalar(schema.get("items", {}), part) for part in parts]
    if len(texts) > 1:
        return list(texts)
    return _parse_scalar(schema, texts[0])


def _parse_scalar(schema: Schema, text: str) -> Any:
    match schema.get("type"):
        case "integer" if _INTEGER.fullmatch(text):
            return int(text)
        case "number" if _NUMBER.fullmatch(text):
            return float(text)
        case "boolean":
            return _BOOLEANS.get(text, text)
        case _:
            return text


def _sort_key(error: Any) -> tuple[str, str]:
    return json.dumps([str(p) for p in error.absolute_path]), error.validator


def _problems(error: Any, field: str) -> list[Problem]:
    path = ".".join(str(part) for part in error.absolute_path)
    location = ".".join(part for part in (field, path) if part)
    if error.validator == "required":
        absent = [name for name in error.validator_value if name not in error.instance]
        # The library reports one error for each missing name, and only its message says which.
        missing = next((n for n in absent if error.message.startswith(repr(n))), absent[0])
        return [_problem(".".join(part for part in (location, missing) if part), "is required")]
    return [_problem(location or "body", _describe(error))]


def _describe(error: Any) -> str:
    """Describe an error without the invalid value, which may be a secret or very long."""
    expected = error.validator_value
    match error.validator:
        case "type":
            kinds = [expected] if isinstance(expected, str) else expected
            return "must be " + " or ".join(str(kind) for kind in kinds)
        case "enum":
            return "must be one of: " + ", ".join(str(value) for value in expected)
        case "format":
            return f"must be a valid {expected}"
        case "minimum" | "exclusiveMinimum":
            return f"must be {'at least' if error.validator == 'minimum' else 'over'} {expected}"
        case "maximum" | "exclusiveMaximum":
            return f"must be {'at most' if error.validator == 'maximum' else 'under'} {expected}"
        case "minLength":
            return f"must have at least {expected} characters"
        case "maxLength":
            return f"must have at most {expected} characters"
        case "pattern":
            return f"must match {expected}"
        case "additionalProperties":
            return "has a field that is not allowed"
        case other:
            return f"does not satisfy {other}"


def _problem(field: str, message: str) -> Problem:
    return {"field": field, "message": f"{field} {message}"}
