"""The published reference fills what a document does not say, and nothing else."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from codegen.api import Api
from codegen.lock import Lock
from codegen.pipeline import Description, describe
from codegen.source.overlay import Overlay

from .documents import ID, array, document, envelope, json_response, obj, operation, ref, string

BODY = {"required": True, "content": {"application/json": {"schema": obj({"name": string()})}}}
COLOUR = {"name": "colour", "in": "query", "schema": string(enum=["blue", "red"])}
REFERENCE = document(
    {
        "/things": {
            "get": operation(array(ref("Thing")), parameters=[COLOUR]),
            "post": operation(ref("Thing"), requestBody=BODY),
        },
        "/things/{id}": {
            "get": operation(ref("Thing"), parameters=[ID]),
            "delete": operation(parameters=[ID], responses={"204": {"description": "Gone"}}),
        },
    }
)


def described(made: Any) -> Description:
    return describe(made, Overlay(), Lock(), REFERENCE)


def silent(made: Any) -> Any:
    """The document with descriptions where schemas were."""
    made = copy.deepcopy(made)
    for item in made["paths"].values():
        for each in item.values():
            each.pop("requestBody", None)
            each["responses"] = {code: {"description": "Success"} for code in each["responses"]}
    made["components"]["schemas"] = {}
    return made


def api_of(made: Any) -> Api:
    return describe(made, Overlay(), Lock()).api


def test_a_silent_document_gives_the_api_of_the_reference() -> None:
    made = described(silent(REFERENCE))
    assert made.api == api_of(REFERENCE)
    assert made.findings.fallbacks == []
    places = {f.place for f in made.findings.all if f.kind == "reference"}
    assert places == {
        "GET /things → responses.200",
        "POST /things → requestBody",
        "POST /things → responses.200",
        "GET /things/{id} → responses.200",
    }


def test_a_document_that_says_it_all_takes_nothing() -> None:
    made = described(REFERENCE)
    assert made.api == api_of(REFERENCE)
    assert made.findings.all == []


def test_what_the_document_says_wins() -> None:
    made = silent(REFERENCE)
    said = {"200": json_response(envelope(obj({"n": {"type": "integer"}})))}
    made["paths"]["/things/{id}"]["get"]["responses"] = said
    result = described(made).api.operations["things.get"].result
    assert [f.name for f in described(made).api.models[result.name].fields] == ["n"]


@pytest.mark.parametrize("path", ["/v1/things/{id}", "/things/:thing_id"])
def test_paths_are_compared_whatever_their_spelling(path: str) -> None:
    made = silent(REFERENCE)
    made["paths"] = {path: {"get": {**made["paths"]["/things/{id}"]["get"], "parameters": []}}}
    (found,) = described(made).api.operations.values()
    assert str(found.result) == "Thing"


def test_an_operation_that_only_one_of_them_has_stays_as_it_is() -> None:
    made = silent(REFERENCE)
    made["paths"]["/others"] = {"get": operation(responses={"200": {"description": "ok"}})}
    del made["paths"]["/things"]
    found = described(made).api.operations
    assert {o.place for o in found.values()} == {
        "GET /others",
        "GET /things/{id}",
        "DELETE /things/{id}",
    }
    assert found["things.list"].kind == "any"


@pytest.mark.parametrize("schema", [None, {}, {"type": "string"}])
def test_a_parameter_without_values_takes_those_of_the_reference(schema: Any) -> None:
    made = copy.deepcopy(REFERENCE)
    parameter: dict[str, Any] = {"name": "colour", "in": "query"}
    if schema is not None:
        parameter["schema"] = schema
    made["paths"]["/things"]["get"]["parameters"] = [parameter]
    (argument,) = described(made).api.operations["things.list"].arguments
    assert argument.type.members == ("blue", "red")


def test_a_report_says_whether_the_reference_documents_or_infers() -> None:
    reference = copy.deepcopy(REFERENCE)
    reference["paths"]["/things/{id}"]["get"]["responses"]["200"]["x-inferred"] = True
    made = describe(silent(REFERENCE), Overlay(), Lock(), reference)
    lines = [str(f) for f in made.findings.all if f.kind == "reference"]
    assert (
        "GET /things/{id} → responses.200: the response schema is from the reference (inferred)"
        in lines
    )
    assert (
        "GET /things → responses.200: the response schema is from the reference (documented)"
        in lines
    )


def test_fields_that_the_document_does_not_list_are_reported_and_not_added() -> None:
    made = copy.deepcopy(REFERENCE)
    other = obj({"title": string()})
    made["paths"]["/things"]["post"]["requestBody"]["content"]["application/json"]["schema"] = other
    made["paths"]["/things"]["get"]["parameters"] = []
    found = described(made)
    assert [a.name for a in found.api.operations["things.create"].arguments] == ["title"]
    assert found.api.operations["things.list"].arguments == ()
    reported = {f.place: f.reason for f in found.findings.all if f.kind == "reference"}
    assert reported.keys() == {"POST /things → requestBody", "GET /things → parameters"}
    known = "known from the reference that the document does not list"
    assert f"fields {known}: name;" in reported["POST /things → requestBody"]
    assert f"parameters {known}: colour;" in reported["GET /things → parameters"]


def test_a_body_that_takes_any_field_lacks_none() -> None:
    made = copy.deepcopy(REFERENCE)
    free = {"type": "object", "additionalProperties": string()}
    made["paths"]["/things"]["post"]["requestBody"]["content"]["application/json"]["schema"] = free
    assert [f for f in described(made).findings.all if f.kind == "reference"] == []
