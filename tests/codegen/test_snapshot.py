"""The snapshot: a valid document of the promised extent, and honest about what is inferred."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from openapi_schema_validator import OAS30Validator
from openapi_spec_validator import validate

from codegen.commands.inferred import count_inferred, format_report
from codegen.document import dumps, iter_operations, resolve
from codegen.source.published import derive_document, is_derived

from .documents import ROOT

TEXT = (ROOT / "openapi.json").read_text(encoding="utf-8")
DOCUMENT = json.loads(TEXT)
REFERENCE = json.loads((ROOT / "codegen/reference.json").read_text(encoding="utf-8"))
PUBLISHED = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "tests/examples/published").glob("*.json"))
}
ANSWERS = [name for name, example in PUBLISHED.items() if example["operation"]]


def test_it_is_a_valid_document_in_canonical_form() -> None:
    validate(DOCUMENT)
    assert dumps(DOCUMENT) == TEXT


def test_it_is_derived_from_the_reference_until_a_pull() -> None:
    assert is_derived(DOCUMENT)
    assert derive_document(REFERENCE) == DOCUMENT
    assert not any(key == "x-inferred" for key in keys(DOCUMENT))


def keys(node: Any) -> Iterator[str]:
    """Every key of every object below `node`."""
    if isinstance(node, dict):
        yield from node
        node = list(node.values())
    for value in node if isinstance(node, list) else ():
        yield from keys(value)


def test_it_has_64_operations_in_10_groups() -> None:
    groups = Counter(operation["tags"][0] for _, _, operation in iter_operations(DOCUMENT))
    assert groups == {
        "API Keys": 5,
        "Appointments": 5,
        "Authentication": 9,
        "Billing": 6,
        "Clients": 5,
        "Contacts": 8,
        "Escrows": 7,
        "Leads": 6,
        "Listings": 5,
        "Webhooks": 8,
    }


def test_each_operation_says_its_security_and_its_rate_limit() -> None:
    for path, _, operation in iter_operations(DOCUMENT):
        assert "security" in operation, path
        assert "429" in operation["responses"], path
        success = next(r for code, r in operation["responses"].items() if code.startswith("2"))
        assert {"RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"} <= set(
            success["headers"]
        )


def test_the_docs_give_the_figures_of_the_command() -> None:
    page = (ROOT / "docs/internals/openapi-snapshot.md").read_text(encoding="utf-8")
    tally = count_inferred(REFERENCE)
    assert format_report(tally) in page
    documented = tally.total["operations"] - tally.inferred["operations"]
    assert f"names {documented} of" in page
    assert f"the other {tally.inferred['operations']} are marked" in page


def test_a_marked_place_counts_with_everything_below_it() -> None:
    schema = {"properties": {"a": {}, "b": {"x-inferred": True, "properties": {"c": {}}}}}
    tally = count_inferred({"components": {"schemas": {"Thing": schema}}})
    assert (tally.inferred["properties"], tally.total["properties"]) == (2, 3)
    assert (tally.inferred["schemas"], tally.total["schemas"]) == (0, 1)


@pytest.mark.parametrize("section", ["responses", "parameters", "requestBodies"])
def test_what_is_shared_through_components_is_counted_too(section: str) -> None:
    marked = {"x-inferred": True, "content": {"a/b": {"schema": {"properties": {"a": {}}}}}}
    reference = {"$ref": f"#/components/{section}/Shared"}
    operation = {
        "responses": {"responses": {"400": reference}},
        "parameters": {"parameters": [reference]},
        "requestBodies": {"requestBody": reference},
    }[section]
    document = {
        "paths": {"/a": {"get": operation}},
        "components": {section: {"Shared": marked}},
    }
    tally = count_inferred(document)
    assert sum(tally.inferred.values()) >= 1


def media(operation: str, status: int) -> dict[str, Any]:
    """The JSON that the document gives for one answer."""
    method, path = operation.split(" ")
    response = DOCUMENT["paths"][path][method.lower()]["responses"][str(status)]
    found: dict[str, Any] = response["content"]["application/json"]
    return found


def inlined(value: Any) -> Any:
    """`value` with each local reference replaced by what it points to."""
    if isinstance(value, list):
        return [inlined(part) for part in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value:
        return inlined(resolve(DOCUMENT, value["$ref"]))
    return {key: inlined(part) for key, part in value.items()}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_published_answer_fits_its_schema(name: str) -> None:
    example = PUBLISHED[name]
    schema = inlined(media(example["operation"], example["status"])["schema"])
    OAS30Validator(schema).validate(example["body"])


@pytest.mark.parametrize("name", sorted(PUBLISHED.keys() - set(ANSWERS)))
def test_a_published_error_fits_the_shared_response_of_its_status(name: str) -> None:
    example = PUBLISHED[name]
    responses = DOCUMENT["paths"]["/auth/login"]["post"]["responses"] | {
        "404": DOCUMENT["paths"]["/clients/{id}"]["get"]["responses"]["404"]
    }
    response = inlined(responses[str(example["status"])])
    OAS30Validator(response["content"]["application/json"]["schema"]).validate(example["body"])
    assert set(example["headers"]) <= set(response.get("headers", {}))


@pytest.mark.parametrize("name", ANSWERS)
def test_the_document_declares_every_published_field(name: str) -> None:
    """A schema without `additionalProperties: false` would let any field through."""
    example = PUBLISHED[name]
    schema = inlined(media(example["operation"], example["status"])["schema"])
    assert unknown(schema, example["body"]) == []


def unknown(schema: dict[str, Any], value: Any, place: str = "") -> list[str]:
    """The fields of `value` that `schema` does not declare."""
    if isinstance(value, list):
        return [p for part in value for p in unknown(schema.get("items", {}), part, f"{place}[]")]
    if not isinstance(value, dict) or "additionalProperties" in schema:
        return []
    declared: dict[str, Any] = {}
    for part in [*schema.get("allOf", []), schema]:
        declared |= part.get("properties", {})
    return [
        problem
        for key, part in value.items()
        for problem in (
            unknown(declared[key], part, f"{place}.{key}")
            if key in declared
            else [f"{place}.{key}"]
        )
    ]


@pytest.mark.parametrize(
    "name",
    [
        "api_keys",
        "clients",
        "leads",
        "listings",
        "public_plans",
        "webhook_events",
        "webhooks",
    ],
)
def test_the_examples_of_the_document_are_the_published_ones(name: str) -> None:
    example = PUBLISHED[name]
    assert media(example["operation"], example["status"])["example"] == example["body"]
