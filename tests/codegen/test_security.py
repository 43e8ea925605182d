"""Security: the credentials that each operation accepts, and what is reported."""

from __future__ import annotations

from typing import Any

import pytest

from .documents import document, operation, operation_at, ref, run


@pytest.mark.parametrize(
    ("security", "own", "auth"),
    [
        ([{"apiKey": []}], None, ["key"]),
        ([{"bearerAuth": []}, {"apiKey": []}], None, ["key", "bearer"]),
        ([{"apiKey": []}], [], []),
        ([{"apiKey": []}], [{"bearerAuth": []}], ["bearer"]),
        ([{"apiKey": []}], [{}, {"apiKey": []}], []),
        (None, None, []),
    ],
)
def test_document_level_security_counts(security: Any, own: Any, auth: list[str]) -> None:
    more = {} if own is None else {"security": own}
    made = document({"/things": {"get": operation(ref("Thing"), **more)}})
    if security is not None:
        made["security"] = security
    assert operation_at(run(made), "/things").auth == tuple(auth)


@pytest.mark.parametrize(
    ("security", "reason"),
    [
        ([{"basic": []}], "the scheme basic is not one the SDK knows"),
        ([{"apiKey": [], "bearerAuth": []}], "two credentials at once"),
    ],
)
def test_security_that_is_not_supported_sends_any_credential(security: Any, reason: str) -> None:
    made = run(document({"/things": {"get": operation(ref("Thing"), security=security)}}))
    assert operation_at(made, "/things").auth == ("key", "bearer")
    (finding,) = made.findings.fallbacks
    assert reason in finding.reason


def test_one_alternative_that_is_supported_is_enough() -> None:
    security = [{"basic": []}, {"bearerAuth": []}]
    made = run(document({"/things": {"get": operation(ref("Thing"), security=security)}}))
    assert operation_at(made, "/things").auth == ("bearer",)
    assert made.findings.fallbacks == []
    assert "the other alternative is used" in made.findings.lines()[0]
