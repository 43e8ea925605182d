"""The facts of the vendor's pages (grade D) and tool pages (grade T), in reference and document.

docs/internals/contradictions.md gives the decisions that follow from them.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from codegen.document import iter_operations, resolve

from .documents import ROOT
from .facts import DOCUMENTS, body, list_data, operation, parameter


@pytest.fixture(params=list(DOCUMENTS))
def document(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Both files: one is derived from the other, and both must say so."""
    return DOCUMENTS[request.param]


STATUSES = [
    *((f"GET /{name}", "200 401 429 500") for name in ("listings", "clients", "leads")),
    ("GET /appointments", "200 401 429 500"),
    ("GET /api-keys", "200 401 429 500"),
    ("GET /escrows", "200 400 401 429 500"),
    ("GET /contacts", "200 400 401 429 500"),
    ("GET /webhooks", "200 401 403 429 500"),
    ("GET /billing/public-plans", "200 429 500"),
]


@pytest.mark.parametrize(("name", "statuses"), STATUSES)
def test_statuses_are_those_of_the_tables(
    document: dict[str, Any], name: str, statuses: str
) -> None:
    responses = operation(document, name)["responses"]
    assert sorted(responses) == statuses.split()
    assert not any("x-inferred" in response for response in responses.values())


def test_only_webhooks_and_login_list_a_403(document: dict[str, Any]) -> None:
    listed = {
        path for path, _, operation in iter_operations(document) if "403" in operation["responses"]
    }
    assert {path for path in listed if not path.startswith("/webhooks")} == {"/auth/login"}


def test_the_opening_is_the_vendors() -> None:
    text = (ROOT / "openapi.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    assert list(document)[:4] == ["openapi", "info", "servers", "components"]
    assert document["openapi"] == "3.0.0"
    assert (document["info"]["title"], document["info"]["version"]) == ("ActuallyCare API", "1.0.0")
    assert document["info"]["contact"]["name"] == "ActuallyCare Support"
    assert document["info"]["contact"]["url"] == "https://www.actuallycare.com"
    assert document["info"]["license"] == {
        "name": "Proprietary",
        "url": "https://www.actuallycare.com/legal",
    }
    assert document["servers"] == [
        {"url": "https://api.actuallycare.com/v1", "description": "Production server"},
        {"url": "http://localhost:3001/v1", "description": "Development server"},
    ]
    assert list(document["components"])[:2] == ["securitySchemes", "responses"]
    schemes = document["components"]["securitySchemes"]
    assert list(schemes) == ["bearerAuth", "apiKey"]
    assert schemes["bearerAuth"]["bearerFormat"] == "JWT"
    assert schemes["apiKey"]["name"] == "X-API-Key"
    assert list(document["components"]["responses"])[:2] == ["UnauthorizedError", "NotFoundError"]


def test_the_401_is_the_vendors(document: dict[str, Any]) -> None:
    response = document["components"]["responses"]["UnauthorizedError"]
    assert response["description"] == "Authentication required"
    properties = response["content"]["application/json"]["schema"]["properties"]
    assert set(properties) == {"success", "error"}
    error = properties["error"]["properties"]
    assert error["code"]["example"] == "NO_AUTH_TOKEN"
    assert error["message"]["example"] == "No authentication token provided"


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("ValidationError", "Invalid request data"),
        ("NotFoundError", "Resource not found"),
        ("ServerError", "Internal server error"),
    ],
)
def test_descriptions_of_errors(document: dict[str, Any], name: str, description: str) -> None:
    assert document["components"]["responses"][name]["description"] == description


@pytest.mark.parametrize(
    "name",
    [
        "PUT /listings/{id}",
        "DELETE /listings/{id}",
        "PUT /escrows/{id}",
        "PUT /leads/{id}",
        "POST /leads/{id}/convert",
        "GET /webhooks/{id}/deliveries",
    ],
)
def test_operations_that_the_pages_name_are_not_inferred(name: str) -> None:
    assert "x-inferred" not in operation(DOCUMENTS["codegen/reference.json"], name)


SUMMARIES = {
    "GET /api-keys": "List API keys",
    "POST /api-keys": "Create new API key",
    "PATCH /api-keys/{id}/scopes": "Update API key scopes",
    "PUT /api-keys/{id}/revoke": "Revoke API key",
    "DELETE /api-keys/{id}": "Delete API key",
    "GET /appointments": "List all appointments",
    "POST /appointments": "Create new appointment",
    "GET /appointments/{id}": "Get appointment by ID",
    "PUT /appointments/{id}": "Update appointment",
    "DELETE /appointments/{id}": "Delete appointment",
    "POST /auth/register": "Register new user",
    "POST /auth/login": "Login user",
    "POST /auth/refresh": "Refresh access token",
    "POST /auth/logout": "Logout user",
    "GET /auth/verify": "Verify token validity",
    "GET /auth/profile": "Get user profile",
    "PUT /auth/profile": "Update user profile",
    "POST /auth/logout-all": "Logout from all devices",
    "GET /auth/sessions": "List active sessions",
    "GET /billing/public-plans": "Get public plan pricing",
    "POST /billing/public-checkout": "Start checkout without an account",
    "GET /billing/plans": "Get plans with checkout identifiers",
    "GET /billing/subscription": "Get current subscription status",
    "POST /billing/checkout": "Start checkout for a subscription",
    "POST /billing/portal": "Open the billing portal",
    "GET /clients": "List all clients",
    "POST /clients": "Create new client",
    "GET /clients/{id}": "Get client by ID",
    "PUT /clients/{id}": "Update client",
    "DELETE /clients/{id}": "Delete client",
    "GET /contacts": "List contacts",
    "POST /contacts": "Create a contact",
    "GET /contacts/search": "Search contacts",
}


def test_summaries_are_those_of_the_reference_page(document: dict[str, Any]) -> None:
    assert {name: operation(document, name)["summary"] for name in SUMMARIES} == SUMMARIES


def test_there_are_64_operations_in_10_groups(document: dict[str, Any]) -> None:
    found = [o for _, _, o in iter_operations(document)]
    assert len(found) == 64
    assert len({tag for o in found for tag in o["tags"]}) == 10


def test_each_operation_has_a_locked_name() -> None:
    names = json.loads((ROOT / "codegen/names.lock.json").read_text(encoding="utf-8"))
    found = {f"{m.upper()} {p}" for p, m, _ in iter_operations(DOCUMENTS["openapi.json"])}
    assert set(names["operations"]) == found


@pytest.mark.parametrize(
    ("name", "status", "text"),
    [
        ("GET /webhooks", "403", "Requires broker or system admin role"),
        ("GET /api-keys", "401", "Unauthorized"),
    ],
)
def test_errors_that_a_table_describes_by_itself(
    document: dict[str, Any], name: str, status: str, text: str
) -> None:
    assert operation(document, name)["responses"][status]["description"] == text


def test_a_429_says_to_wait_for_the_window(document: dict[str, Any]) -> None:
    text = document["components"]["responses"]["RateLimitError"]["description"]
    assert "Wait for the window to reset (see Retry-After) before retrying" in text


def test_errors_have_their_ids_beside_the_timestamp(document: dict[str, Any]) -> None:
    responses = document["components"]["responses"]
    for name, response in responses.items():
        if name == "UnauthorizedError":
            continue
        properties = response["content"]["application/json"]["schema"]["properties"]
        assert {"errorId", "correlationId", "timestamp", "error"} <= properties.keys(), name


@pytest.mark.parametrize(
    ("name", "extras"),
    [("GET /leads", {"stats", "cursors"}), ("GET /listings", {"stats"}), ("GET /clients", set())],
)
def test_members_beside_the_records(document: dict[str, Any], name: str, extras: set[str]) -> None:
    assert list_data(document, name).keys() == {name.removeprefix("GET /"), "meta", *extras}


PAGED = ["listings", "clients", "leads", "appointments", "escrows", "contacts", "webhooks"]


@pytest.mark.parametrize("group", PAGED)
def test_lists_take_page_and_limit(document: dict[str, Any], group: str) -> None:
    page = parameter(document, f"GET /{group}", "page")["schema"]
    limit = parameter(document, f"GET /{group}", "limit")["schema"]
    assert (page["default"], page["minimum"]) == (1, 1)
    assert (limit["default"], limit["minimum"], limit["maximum"]) == (25, 1, 100)


@pytest.mark.parametrize("name", ["GET /leads", "PUT /leads/{id}"])
def test_a_key_reads_and_updates_leads(document: dict[str, Any], name: str) -> None:
    """The tutorial `build-custom-integration` does both with a key."""
    assert {"apiKey": []} in operation(document, name)["security"]


def test_what_registration_says_of_its_fields(document: dict[str, Any]) -> None:
    properties = body(document, "POST /auth/register")["properties"]
    assert properties["role"]["default"] == "agent"
    assert "stored lowercase" in properties["email"]["description"]
    assert "stored lowercase" in properties["username"]["description"]
    assert "only when phone is given" in properties["smsConsent"]["description"]
    assert "/auth and /waitlist" in operation(document, "POST /auth/register")["description"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("GET /billing/public-plans", "5 minutes by browsers and for 1 hour at the CDN edge"),
        ("POST /webhooks", "4 delivery attempts"),
    ],
)
def test_descriptions_of_operations(document: dict[str, Any], name: str, text: str) -> None:
    assert text in operation(document, name)["description"]


def test_a_key_without_days_does_not_expire(document: dict[str, Any]) -> None:
    days = body(document, "POST /api-keys")["properties"]["expiresInDays"]
    assert "does not expire" in days["description"]


def test_leads_end_converted(document: dict[str, Any]) -> None:
    status = document["components"]["schemas"]["Lead"]["properties"]["status"]
    assert "converted" in status["enum"]


def test_prices_of_filters_have_the_published_bounds(document: dict[str, Any]) -> None:
    for wire in ("minPrice", "maxPrice"):
        assert parameter(document, "GET /escrows", wire)["schema"]["minimum"] == 0
        assert "minimum" not in parameter(document, "GET /listings", wire)["schema"]


@pytest.mark.parametrize(
    ("name", "required"),
    [
        ("POST /leads", {"name"}),
        ("POST /clients", {"first_name", "last_name", "client_type"}),
        ("POST /webhooks", {"url", "events", "secret"}),
        ("POST /billing/public-checkout", {"email"}),
        ("POST /auth/register", {"email", "username", "password", "firstName", "lastName"}),
        ("POST /api-keys", {"name"}),
    ],
)
def test_required_fields_of_bodies(document: dict[str, Any], name: str, required: set[str]) -> None:
    assert set(body(document, name)["required"]) == required


def test_scopes_are_an_object(document: dict[str, Any]) -> None:
    scopes = resolve(document, body(document, "POST /api-keys")["properties"]["scopes"]["$ref"])
    assert scopes["type"] == "object"


def test_the_public_checkout_sells_the_agent_plan_alone(document: dict[str, Any]) -> None:
    properties = body(document, "POST /billing/public-checkout")["properties"]
    assert properties["planKey"]["enum"] == ["agent"]


def test_registration_answers_201_400_and_409(document: dict[str, Any]) -> None:
    assert {"201", "400", "409"} <= set(operation(document, "POST /auth/register")["responses"])


@pytest.mark.parametrize("prefix", ["/api-keys", "/webhooks", "/contacts", "/billing"])
def test_groups_that_take_a_jwt_only(document: dict[str, Any], prefix: str) -> None:
    found = {
        p: o["security"]
        for p, _, o in iter_operations(document)
        if p.startswith(prefix) and not p.startswith("/billing/public-")
    }
    assert found
    assert all(security == [{"bearerAuth": []}] for security in found.values())


def test_public_pages_of_billing_need_no_credential(document: dict[str, Any]) -> None:
    for name in ("GET /billing/public-plans", "POST /billing/public-checkout"):
        assert operation(document, name)["security"] == []


def test_ids_of_escrows_are_text(document: dict[str, Any]) -> None:
    schema = document["components"]["schemas"]["Escrow"]["properties"]["id"]
    assert (schema["type"], schema.get("format")) == ("string", None)
    found = [o for p, _, o in iter_operations(document) if p.startswith("/escrows/{id}")]
    for operation_ in found:
        [of_path] = [p["schema"] for p in operation_["parameters"] if p.get("in") == "path"]
        assert of_path == {"type": "string", "minLength": 1, "maxLength": 100}


def test_an_escrow_may_fall_through(document: dict[str, Any]) -> None:
    status = document["components"]["schemas"]["Escrow"]["properties"]["status"]
    assert status["enum"] == ["active", "pending", "closed", "cancelled", "fell_through"]
    listed = parameter(document, "GET /escrows", "status")["schema"]["enum"]
    assert listed == ["active", "pending", "closed", "cancelled"]


def test_conversion_takes_the_type_of_the_client(document: dict[str, Any]) -> None:
    schema = body(document, "POST /leads/{id}/convert")
    assert schema["properties"]["client_type"]["enum"] == ["buyer", "seller", "both"]
    assert "required" not in schema


def test_the_page_gives_a_decision_for_each_contradiction() -> None:
    page = (ROOT / "docs/internals/contradictions.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ") and line.count("|") == 6]
    assert len(rows) > 50
    assert all(cell.strip() for row in rows for cell in row.strip("|").split("|"))
