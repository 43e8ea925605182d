"""Requests against the document's own schemas: values out, or one problem for each wrong field.

The judging is done by `jsonschema`; this module turns text from paths and queries into values,
and the library's findings into the documented `details`.
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

from .document import Body, Document, Operation, Parameter, Schema
from .json_schema import convert
from .undocumented_rules import CASE_INSENSITIVE, EFFECTIVE_DEFAULTS

_ROOT = "urn:openapi"
_INTEGER = re.compile(r"[+-]?[0-9]{1,1000}")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_BOOLEANS = {"true": True, "false": False}
_FORMATS = FormatChecker(("date", "date-time", "email", "ipv4", "ipv6", "uri", "uuid"))

Problem = dict[str, str]


class Validator:
    """Checks values against schemas of one document, wherever in it they stand."""

    def __init__(self, document: Document) -> None:
        resource = DRAFT202012.create_resource(convert(document.raw))
        self._registry: Any = Registry[Any]().with_resource(_ROOT, resource)
        self._at = lru_cache(maxsize=None)(self._compile)

    def body(self, body: Body, content_type: str, value: Any) -> list[Problem]:
        """Problems of a decoded request body."""
        escaped = content_type.replace("/", "~1")
        return self.at(f"{body.pointer}/{escaped}/schema", value)

    def at(self, pointer: str, value: Any, field: str = "") -> list[Problem]:
        """Problems of a value under the schema at a JSON pointer of the document."""
        errors: Iterable[Any] = self._at(pointer).iter_errors(value)
        return [p for error in sorted(errors, key=_place) for p in _problems(error, field)]

    def _compile(self, pointer: str) -> Any:
        return Draft202012Validator(
            {"$ref": f"{_ROOT}#{pointer}"}, registry=self._registry, format_checker=_FORMATS
        )

    def parameters(
        self, operation: Operation, location: str, raw: Mapping[str, Sequence[str]]
    ) -> tuple[dict[str, Any], list[Problem]]:
        """Values of the documented parameters of one place, and what is wrong with them.

        What is not documented is left out; defaults are filled in.
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
                    here = (operation.path, parameter.name)
                    values[parameter.name] = EFFECTIVE_DEFAULTS.get(here, default)
                continue
            if (operation.path, parameter.name) in CASE_INSENSITIVE:
                texts = [text.lower() for text in texts]
            value = read(parameter, texts)
            found = self.at(parameter.pointer, value, parameter.name)
            problems += found
            if not found:
                values[parameter.name] = value
        return values, problems


def read(parameter: Parameter, texts: Sequence[str]) -> Any:
    """The value of a parameter from its text; text that does not fit its type stays text."""
    schema = parameter.schema
    if schema.get("type") == "array":
        parts = texts if parameter.explode else [p for t in texts for p in t.split(",")]
        return [_scalar(schema.get("items", {}), part) for part in parts]
    if len(texts) > 1:
        return list(texts)
    return _scalar(schema, texts[0])


def _scalar(schema: Schema, text: str) -> Any:
    match schema.get("type"):
        case "integer" if _INTEGER.fullmatch(text):
            return int(text)
        case "number" if _NUMBER.fullmatch(text):
            return float(text)
        case "boolean":
            return _BOOLEANS.get(text, text)
        case _:
            return text


def _place(error: Any) -> tuple[str, str]:
    return json.dumps([str(p) for p in error.absolute_path]), error.validator


def _problems(error: Any, field: str) -> list[Problem]:
    path = ".".join(str(part) for part in error.absolute_path)
    place = ".".join(part for part in (field, path) if part)
    if error.validator == "required":
        named = [name for name in error.validator_value if name not in error.instance]
        missing = next((n for n in named if error.message.startswith(repr(n))), named[0])
        return [_problem(".".join(part for part in (place, missing) if part), "is required")]
    return [_problem(place or "body", _sentence(error))]


def _sentence(error: Any) -> str:
    """The library's finding without the offending value, which may be a secret or endless."""
    wanted = error.validator_value
    match error.validator:
        case "type":
            kinds = [wanted] if isinstance(wanted, str) else wanted
            return "must be " + " or ".join(str(kind) for kind in kinds)
        case "enum":
            return "must be one of: " + ", ".join(str(value) for value in wanted)
        case "format":
            return f"must be a valid {wanted}"
        case "minimum" | "exclusiveMinimum":
            return f"must be {'at least' if error.validator == 'minimum' else 'over'} {wanted}"
        case "maximum" | "exclusiveMaximum":
            return f"must be {'at most' if error.validator == 'maximum' else 'under'} {wanted}"
        case "minLength":
            return f"must have at least {wanted} characters"
        case "maxLength":
            return f"must have at most {wanted} characters"
        case "pattern":
            return f"must match {wanted}"
        case "additionalProperties":
            return "has a field that is not allowed"
        case other:
            return f"does not satisfy {other}"


def _problem(field: str, message: str) -> Problem:
    return {"field": field, "message": f"{field} {message}"}
