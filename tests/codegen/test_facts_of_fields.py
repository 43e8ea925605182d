"""The vendor's filters, values and bounds (grades D and T), in reference and document.

docs/internals/contradictions.md gives the decisions that follow from them.
"""

from __future__ import annotations

from typing import Any

import pytest

from codegen.document import iter_operations, resolve

from .facts import DOCUMENTS, body, list_data, operation, parameter


@pytest.fixture(params=list(DOCUMENTS))
def document(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Both files: one is derived from the other, and both must say so."""
    return DOCUMENTS[request.param]


FILTERS = {
    "GET /listings": {"status", "minPrice", "maxPrice"},
    "GET /clients": {"client_type", "status"},
    "GET /leads": {"status", "interest_level"},
    "GET /appointments": {"appointment_type", "status", "start_date"},
    "GET /contacts": {"search", "type", "archived"},
    "GET /escrows": {
        *("status", "search", "minPrice", "maxPrice", "closingDateStart", "closingDateEnd"),
        *("archived", "sort", "order"),
    },
    "GET /webhooks": set[str](),
}


@pytest.mark.parametrize("name", FILTERS)
def test_filters_are_those_of_the_tables(document: dict[str, Any], name: str) -> None:
    """The page on pagination asks for no others: invented ones would be ignored."""
    nodes = operation(document, name)["parameters"]
    whole = [resolve(document, node["$ref"]) if "$ref" in node else node for node in nodes]
    assert {node["name"] for node in whole} == {*FILTERS[name], "page", "limit"}


@pytest.mark.parametrize(
    ("name", "wire", "facts"),
    [
        ("GET /escrows", "archived", {"default": False}),
        ("GET /escrows", "sort", {"default": "created_at"}),
        ("GET /escrows", "order", {"default": "desc", "enum": ["asc", "desc"]}),
        ("GET /escrows", "closingDateStart", {"format": "date"}),
        ("GET /escrows", "closingDateEnd", {"format": "date"}),
        ("GET /appointments", "start_date", {"format": "date"}),
        ("GET /contacts", "archived", {"default": False}),
    ],
)
def test_what_a_filter_takes(
    document: dict[str, Any], name: str, wire: str, facts: dict[str, Any]
) -> None:
    assert facts.items() <= parameter(document, name, wire)["schema"].items()


def test_the_page_size_of_escrows_is_described(document: dict[str, Any]) -> None:
    assert "GET /escrows overrides this to 20" in str(parameter(document, "GET /escrows", "limit"))


VALUES = {
    ("Listing", "status"): "active pending sold withdrawn expired",
    ("Client", "client_type"): "buyer seller both",
    ("Client", "status"): "active inactive closed",
    ("Lead", "status"): "new contacted qualified unqualified converted lost",
    ("Lead", "interest_level"): "hot warm cold",
    ("Appointment", "appointment_type"): "showing inspection signing meeting call other",
    ("Appointment", "status"): "scheduled completed cancelled no_show",
}


@pytest.mark.parametrize(("model", "field"), VALUES, ids=str)
def test_values_of_fields_and_of_their_filters(
    document: dict[str, Any], model: str, field: str
) -> None:
    values = VALUES[model, field].split()
    assert document["components"]["schemas"][model]["properties"][field]["enum"] == values
    listed = parameter(document, f"GET /{model.lower()}s", field)
    assert listed["schema"]["enum"] == values


BODIES: list[tuple[str, str, dict[str, Any]]] = [
    ("POST /api-keys", "expiresInDays", {"minimum": 1, "maximum": 365}),
    ("POST /auth/register", "password", {"minLength": 8}),
    ("POST /auth/register", "username", {"pattern": "^[A-Za-z0-9_]+$"}),
    ("POST /auth/register", "role", {"enum": ["agent", "broker", "lender", "vendor"]}),
    ("POST /auth/register", "emailKind", {"enum": ["personal", "work", "offers"]}),
    ("POST /billing/public-checkout", "email", {"type": "string", "format": "email"}),
    ("POST /webhooks", "secret", {"type": "string", "minLength": 10}),
    ("POST /webhooks", "events", {"type": "array"}),
    ("POST /clients", "client_type", {"enum": ["buyer", "seller", "both"]}),
    # The tool that creates an escrow with its clients.
    ("POST /escrows", "purchase_price", {"minimum": 0}),
    ("POST /escrows", "buyer_commission", {"minimum": 0}),
    ("POST /escrows", "seller_commission", {"minimum": 0}),
    ("POST /escrows", "buyer_commission_percentage", {"minimum": 0, "maximum": 100}),
    ("POST /escrows", "seller_commission_percentage", {"minimum": 0, "maximum": 100}),
    ("POST /escrows", "representation_type", {"enum": ["buyer", "seller", "dual"]}),
    ("POST /escrows", "state", {"minLength": 2, "maxLength": 2}),
]


@pytest.mark.parametrize(("name", "field", "facts"), BODIES)
def test_what_a_field_of_a_body_takes(
    document: dict[str, Any], name: str, field: str, facts: dict[str, Any]
) -> None:
    assert facts.items() <= body(document, name)["properties"][field].items()


def test_a_webhook_is_created_from_three_things(document: dict[str, Any]) -> None:
    assert body(document, "POST /webhooks")["properties"].keys() == {"url", "events", "secret"}


def test_the_tool_for_escrows_has_these_fields(document: dict[str, Any]) -> None:
    fields = (
        "property_address display_address city state zip_code county latitude longitude "
        "purchase_price buyer_commission seller_commission buyer_commission_percentage "
        "seller_commission_percentage representation_type acceptance_date closing_date"
    )
    assert set(fields.split()) <= body(document, "POST /escrows")["properties"].keys()


def test_a_conversion_gives_the_client(document: dict[str, Any]) -> None:
    answer = operation(document, "POST /leads/{id}/convert")["responses"]["200"]
    assert "#/components/schemas/Client" in str(answer)


@pytest.mark.parametrize("group", ["listings", "escrows", "contacts", "leads"])
def test_lists_with_aggregates(document: dict[str, Any], group: str) -> None:
    assert "stats" in list_data(document, f"GET /{group}")


def success_properties(document: dict[str, Any], name: str) -> dict[str, Any]:
    content = operation(document, name)["responses"]["200"]["content"]["application/json"]
    return dict(content["schema"]["properties"])


@pytest.mark.parametrize("name", ["GET /api-keys", "GET /webhooks", "GET /webhooks/events"])
def test_lists_that_are_bare_arrays(document: dict[str, Any], name: str) -> None:
    found = success_properties(document, name)
    assert found["data"]["type"] == "array"
    assert "timestamp" not in found


def test_the_catalog_of_events_has_its_own_meta(document: dict[str, Any]) -> None:
    meta = success_properties(document, "GET /webhooks/events")["meta"]
    assert meta["properties"].keys() == {"total", "categories"}


def test_public_plans_have_currency_and_version_beside_them(document: dict[str, Any]) -> None:
    found = success_properties(document, "GET /billing/public-plans")
    assert found["data"]["properties"].keys() == {"plans", "currency", "version"}
    assert "timestamp" not in found


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        ("ApiKey", "id name key_preview is_active created_at last_used_at expires_at"),
        ("Webhook", "id url events secret active last_triggered created_at"),
    ],
)
def test_fields_of_a_listed_record(document: dict[str, Any], model: str, fields: str) -> None:
    assert set(fields.split()) <= document["components"]["schemas"][model]["properties"].keys()


PATHS = (
    "GET /listings, POST /listings, GET /leads, POST /leads, GET /escrows, POST /escrows, "
    "GET /webhooks, POST /webhooks, GET /webhooks/events, GET /webhooks/events/categories"
)


def test_the_other_operations_that_a_page_names(document: dict[str, Any]) -> None:
    found = {f"{method.upper()} {path}" for path, method, _ in iter_operations(document)}
    assert set(PATHS.split(", ")) <= found
    assert {path.split("/")[1] for path in document["paths"]} == {
        *("api-keys", "appointments", "auth", "billing", "clients", "contacts"),
        *("escrows", "leads", "listings", "webhooks"),
    }


def test_a_locked_account_is_a_423_of_the_login(document: dict[str, Any]) -> None:
    assert {"401", "403", "423"} <= operation(document, "POST /auth/login")["responses"].keys()


def test_money_of_plans_is_in_cents(document: dict[str, Any]) -> None:
    plans = success_properties(document, "GET /billing/public-plans")["data"]["properties"]["plans"]
    properties = plans["items"]["properties"]
    for name in ("priceMonthly", "priceYearly"):
        assert properties[name]["type"] == "integer"
        assert "cents" in properties[name]["description"]
