"""Records and errors in the forms of other versions of the API."""

from __future__ import annotations

import json
from typing import Any

import pytest

from actuallycare import AsyncActuallyCare, BadRequestError, ConflictError, DecodeError, Response
from actuallycare._core.envelope.unwrap import read_error_details, unwrap_envelope
from actuallycare._core.operation import Operation
from tests.fakes import ScriptedTransport

USER = {"id": "u1", "email": "a@example.com"}


def operation(name: str, *unwrap: str) -> Operation:
    return Operation(name, "GET", "/x", unwrap=unwrap)


@pytest.mark.parametrize("unwrap", [("data",), ("data", "user")], ids=".".join)
@pytest.mark.parametrize("data", [USER, {"user": USER}], ids=["record", "user"])
def test_a_record_is_found_at_data_and_at_data_user(unwrap: tuple[str, ...], data: Any) -> None:
    assert unwrap_envelope({"data": data}, operation("auth.get_profile", *unwrap)) == USER


def test_a_record_under_the_name_of_its_resource() -> None:
    lead = operation("leads.get", "data")
    assert unwrap_envelope({"data": {"lead": USER}}, lead) == USER
    assert unwrap_envelope({"data": {"client": USER}}, lead) == {"client": USER}
    assert unwrap_envelope({"data": {"lead": {"client": {}}}}, lead) == {"lead": {"client": {}}}


@pytest.mark.parametrize("data", [{}, {"lead": USER}, [], None, "text"])
def test_a_missing_record_is_a_decode_error(data: Any) -> None:
    with pytest.raises(DecodeError, match="client"):
        unwrap_envelope({"data": data}, operation("leads.convert", "data", "client"))


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
