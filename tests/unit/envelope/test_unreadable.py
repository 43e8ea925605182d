"""Values of other types and missing fields: what is kept, what is logged, what is an error."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import pytest
from attrs import define, field

from actuallycare._core.decode_policy import DecodePolicy
from actuallycare._core.envelope.fields import keep_rest
from actuallycare._core.envelope.unreadable import (
    check_expected,
    current_policy,
    decoding,
    report,
)
from actuallycare._core.record import NO_PROPERTIES, Record


@define(kw_only=True, repr=False)
class House(Record):
    """A record with a required and an optional field."""

    id: str
    list_price: float | None = field(metadata={"wire": "listPrice"})
    city: str | None = None


EXPECTED = {"listPrice": "list_price", "zip": "zip_code"}


def named(caplog: pytest.LogCaptureFixture) -> list[tuple[Any, Any]]:
    """Return operation and field of each warning, and check that its text names both."""
    found = [(vars(record)["operation"], vars(record)["field"]) for record in caplog.records]
    for record, (operation, name) in zip(caplog.records, found, strict=True):
        assert (record.name, record.levelname) == ("actuallycare", "WARNING")
        assert record.getMessage().startswith(f"{operation}: {name} ")
    return found


def test_the_policy_is_that_of_the_innermost_block() -> None:
    outer = DecodePolicy(strict=True)
    inner = DecodePolicy()
    with decoding(outer, "a.get"):
        with decoding(inner, "b.get"):
            assert current_policy() is inner
        assert current_policy() is outer
    assert current_policy().strict is False


def test_an_error_ends_the_block_too() -> None:
    with pytest.raises(ValueError, match="odd"), decoding(DecodePolicy(strict=True), "a.get"):
        raise ValueError("odd")
    assert not current_policy().strict


def test_each_unreadable_field_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    policy = DecodePolicy()
    with decoding(policy, "houses.get"):
        report(House, {"listPrice": "confidential", "city": 5})
        report(House, {"listPrice": "confidential"})
    fields = ["House.listPrice", "House.city"]
    assert named(caplog) == [("houses.get", name) for name in fields]
    price, city = (record.getMessage() for record in caplog.records)
    end = "The attribute is None; the value is in additional_properties."
    assert price.endswith(f" cannot be read: expected float | None, got a string. {end}")
    assert city.endswith(f" cannot be read: expected str | None, got a number. {end}")
    with decoding(policy, "houses.list"):
        report(House, {"city": 5})
        check_expected(House, {}, {"zip": "zip_code"})
    assert named(caplog)[2:] == [("houses.list", "House.city"), ("houses.list", "House.zip")]
    with decoding(policy, "houses.search"):
        check_expected(House, {}, {"zip": "zip_code"})
    assert named(caplog)[4:] == [("houses.search", "House.zip")]


def test_nothing_is_logged_outside_of_calls(caplog: pytest.LogCaptureFixture) -> None:
    report(House, {"city": 5})
    check_expected(House, {}, EXPECTED)
    assert caplog.records == []


def test_nothing_is_logged_below_the_level(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, "actuallycare")
    caplog.handler.setLevel(logging.NOTSET)  # the level of the logger decides
    with decoding(DecodePolicy(), "houses.get"):
        report(House, {"city": 5})
    assert caplog.records == []


def test_an_application_may_add_the_same_attributes(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def create(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = logging.LogRecord(*args, **kwargs)
        record.operation = record.field = "the application's"
        return record

    monkeypatch.setattr(logging, "_logRecordFactory", create)
    with decoding(DecodePolicy(), "houses.get"):
        report(House, {"city": 5})
        check_expected(House, {}, {"zip": "zip_code"})
    found = [vars(record)["actuallycare_field"] for record in caplog.records]
    assert found == ["House.city", "House.zip"]


MISSING: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["House.listPrice", "House.zip"]),
    ({"listPrice": 1}, ["House.zip"]),
    ({"list_price": None}, ["House.zip"]),  # under the name of the attribute
    ({"zip_code": "1"}, ["House.listPrice"]),
    ({"listPrice": 1, "zip": "1"}, []),
]


@pytest.mark.parametrize(("src", "missing"), MISSING)
def test_each_missing_field_is_logged_once(
    src: dict[str, Any], missing: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    with decoding(DecodePolicy(), "houses.get"):
        check_expected(House, src, EXPECTED)
        check_expected(House, src, EXPECTED)
    assert named(caplog) == [("houses.get", name) for name in missing]
    end = "is missing, which the API's document requires. The attribute is None."
    assert all(record.getMessage().endswith(end) for record in caplog.records)


def test_a_missing_field_is_an_error_with_strict(caplog: pytest.LogCaptureFixture) -> None:
    with decoding(DecodePolicy(strict=True), "houses.get"):
        with pytest.raises(KeyError, match=r"^'zip'$"):
            check_expected(House, {"listPrice": 1}, EXPECTED)
        check_expected(House, {"listPrice": 1, "zip_code": "1"}, EXPECTED)
    assert caplog.records == []


COMPLETE = {"id": "1", "listPrice": 1.5}
REST: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any], list[str]]] = [
    # payload, values that could not be read → additional properties, warnings
    (COMPLETE, {}, {}, []),
    ({**COMPLETE, "new": 1}, {}, {"new": 1}, []),
    (COMPLETE, {"listPrice": "x"}, {"listPrice": "x"}, ["House.listPrice"]),
    ({**COMPLETE, "new": 1}, {"city": 5}, {"city": 5, "new": 1}, ["House.city"]),
    # An attribute's name is read where the name on the wire is absent.
    ({"id": "1", "list_price": 1.5}, {}, {}, []),
    ({**COMPLETE, "list_price": 2}, {}, {"list_price": 2}, []),
    ({"id": "1", "city": "X"}, {}, {}, ["House.listPrice"]),
    ({"listPrice": 1}, {}, {}, []),
]


@pytest.mark.parametrize(("src", "rest", "kept", "reported"), REST)
def test_nothing_of_a_payload_is_lost(
    src: dict[str, Any],
    rest: dict[str, Any],
    kept: Mapping[str, Any],
    reported: list[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    with decoding(DecodePolicy(), "houses.get"):
        found = keep_rest(House, src, dict(rest))
    assert found == kept
    assert kept or found is NO_PROPERTIES
    assert named(caplog) == [("houses.get", name) for name in reported]
