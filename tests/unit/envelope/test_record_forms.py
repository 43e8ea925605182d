"""Records and errors in the forms of other versions of the API."""

from __future__ import annotations

import json
from typing import Any

import pytest

from actuallycare import AsyncActuallyCare, BadRequestError, ConflictError, DecodeError, Response
from actuallycare._core.envelope.unwrap import read_error_details, unwrap_envelope
from actuallycare._core.operation import Operation
from tests.fakes import ScriptedTransport, success

USER = {"id": "u1", "email": "a@example.com"}


def operation(name: str, *unwrap: str) -> Operation:
    return Operation(name, "GET", "/x", unwrap=unwrap)


FIELDS = frozenset({"id", "email", "message"})
"""What the model documents."""


@pytest.mark.parametrize("unwrap", [("data",), ("data", "user")], ids=".".join)
@pytest.mark.parametrize(
    "data",
    [
        USER,
        {"user": USER},
        {"user": USER, "message": "Updated"},
        {"success": True, "user": USER, "message": "Updated", "timestamp": "2026-06-11"},
        {"user": USER, "token": "a.b.c"},
        {"profile": USER},
        {"record": USER},
    ],
    ids=str,
)
def test_a_record_is_found_at_data_and_at_data_user(unwrap: tuple[str, ...], data: Any) -> None:
    called = operation("auth.get_profile", *unwrap)
    assert unwrap_envelope({"data": data}, called, FIELDS) == USER


FORMS: list[tuple[str, Any, Any]] = [
    ("leads.get", {"data": {"lead": USER}}, USER),
    ("leads.update", {"data": {"lead": USER, "message": "Updated"}}, USER),
    ("leads.update", {"data": {"lead": USER, "client": {"id": "c1"}}}, USER),
    ("leads.get", {"success": True, "lead": USER}, USER),
    ("leads.get", {"success": True, "message": "m", "lead": USER}, USER),
    ("leads.notes.get", {"data": {"note": USER}}, USER),
    ("api_keys.create", {"data": {"apiKey": USER, "message": "Store it now"}}, USER),
    ("api_keys.create", {"data": {"api_key": USER}}, USER),
    # Something beside it has the name of a field, but only the member has an id.
    ("leads.get", {"data": {"lead": USER, "email": "m@example.com"}}, USER),
    # Another record, or none.
    ("leads.get", {"data": {"client": USER}}, {"client": USER}),
    ("leads.get", {"data": {"lead": {"client": {}}}}, {"lead": {"client": {}}}),
    ("leads.get", {"data": {"lead": "l1"}}, {"lead": "l1"}),
    ("leads.get", {"data": {"message": "m"}}, {"message": "m"}),
    # The object has a field of the model itself.
    ("leads.get", {"data": {"email": "e", "user": USER}}, {"email": "e", "user": USER}),
    ("leads.get", {"data": {"id": "l1", "user": USER}}, {"id": "l1", "user": USER}),
]


@pytest.mark.parametrize(("name", "body", "record"), FORMS, ids=str)
def test_a_record_under_the_name_of_its_resource(name: str, body: Any, record: Any) -> None:
    assert unwrap_envelope(body, operation(name, "data"), FIELDS) == record


def test_a_documented_member_is_no_wrapper() -> None:
    login = operation("auth.login", "data")
    data = {"user": USER, "challenge": "c"}
    assert unwrap_envelope({"data": data}, login, frozenset({"user", "token", "id"})) == data
    whole = operation("auth.login")
    assert unwrap_envelope({"user": USER}, whole, frozenset({"user"})) == {"user": USER}


def test_a_payload_without_documented_fields_is_unchanged() -> None:
    called = operation("settings.get", "data")
    assert unwrap_envelope({"data": {"user": USER}}, called) == {"user": USER}


@pytest.mark.asyncio
async def test_an_update_that_also_returns_a_message(key: str) -> None:
    lead = {"id": "l1", "name": "Alfa Sample", "budget": "450000.00", "message": "Call me"}
    transport = ScriptedTransport(success({"message": "Lead updated", "lead": lead}))
    async with AsyncActuallyCare(key, transport=transport) as client:
        updated = await client.leads.update("l1", status="contacted")
    assert (updated.id, updated.budget, updated.message) == ("l1", 450_000, "Call me")


@pytest.mark.parametrize("data", [{}, {"lead": USER}, [], None, "text"])
def test_a_missing_record_is_a_decode_error(data: Any) -> None:
    with pytest.raises(DecodeError, match="client"):
        unwrap_envelope({"data": data}, operation("leads.convert", "data", "client"), FIELDS)


@pytest.mark.parametrize("data", [{}, {"data": USER}, {"message": "Deleted"}])
@pytest.mark.asyncio
async def test_a_delete_returns_none_for_a_message_and_for_the_row(
    data: dict[str, Any], key: str
) -> None:
    body = json.dumps({"success": True, **data}).encode()
    transport = ScriptedTransport(Response(200, {}, body))
    async with AsyncActuallyCare(key, token="jwt", transport=transport) as client:
        assert await client.contacts.delete("c1") is None


def test_ids_and_facts_inside_the_error() -> None:
    body = {
        "success": False,
        "error": {"code": "X", "message": "m", "errorId": "ERR_1", "currentVersion": 4},
    }
    details = read_error_details(body)
    assert details.error_id == "ERR_1"
    assert details.details == {"currentVersion": 4}
    body["error"]["details"] = [{"field": "a"}]  # type: ignore[index]
    assert read_error_details(body).details == [{"field": "a"}]


@pytest.mark.parametrize(
    ("status", "code", "kind", "advice"),
    [
        (400, "NOT_ARCHIVED", BadRequestError, "Archive it first"),
        (409, "VERSION_CONFLICT", ConflictError, "its new `version`"),
    ],
)
@pytest.mark.asyncio
async def test_a_code_has_its_own_advice(
    status: int, code: str, kind: type[Exception], advice: str, key: str
) -> None:
    body = json.dumps({"success": False, "error": {"code": code, "message": "m"}}).encode()
    transport = ScriptedTransport(Response(status, {}, body))
    async with AsyncActuallyCare(key, transport=transport) as client:
        with pytest.raises(kind) as caught:
            await client.leads.delete("l1")
    assert advice in str(caught.value)
