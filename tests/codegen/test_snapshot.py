"""The snapshot: a valid document of the promised extent, and honest about what is inferred."""

from __future__ import annotations

import json
from collections import Counter

from openapi_spec_validator import validate

from codegen.document import dumps, iter_operations
from codegen.inferred import count_inferred, format_report

from .documents import ROOT

TEXT = (ROOT / "openapi.json").read_text(encoding="utf-8")
DOCUMENT = json.loads(TEXT)


def test_it_is_a_valid_document_in_canonical_form() -> None:
    validate(DOCUMENT)
    assert dumps(DOCUMENT) == TEXT


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
    page = (ROOT / "docs/openapi-snapshot.md").read_text(encoding="utf-8")
    tally = count_inferred(DOCUMENT)
    assert format_report(tally) in page
    documented = tally.total["operations"] - tally.inferred["operations"]
    assert f"names {documented} of" in page
    assert f"the other {tally.inferred['operations']} are marked" in page


def test_a_marked_place_counts_with_everything_below_it() -> None:
    schema = {"properties": {"a": {}, "b": {"x-inferred": True, "properties": {"c": {}}}}}
    tally = count_inferred({"components": {"schemas": {"Thing": schema}}})
    assert (tally.inferred["properties"], tally.total["properties"]) == (2, 3)
    assert (tally.inferred["schemas"], tally.total["schemas"]) == (0, 1)
