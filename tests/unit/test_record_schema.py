"""Records as types of pydantic and FastAPI: nested ones, errors, and parts of a response."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from actuallycare.models import Agent, Escrow, Person

PAYLOAD = {
    "id": "1",
    "buyers": [{"name": "Ada", "new": 1}],
    "listing_agent": {"name": "Bo"},
    "closing_date": "2026-07-01",
}
ESCROW = Escrow.from_dict(PAYLOAD)


class Report(BaseModel):
    """What a service may return."""

    escrow: Escrow
    others: list[Escrow] = []


def test_nested_records_are_validated_as_records() -> None:
    escrows: TypeAdapter[Escrow] = TypeAdapter(Escrow)
    assert escrows.validate_python(PAYLOAD) == ESCROW
    assert escrows.validate_python({**PAYLOAD, "listing_agent": Agent(name="Bo")}) == ESCROW
    assert escrows.validate_python(ESCROW, strict=True) is ESCROW
    assert escrows.validate_json(ESCROW.to_json()) == ESCROW
    assert escrows.validate_json(ESCROW.to_json(by="wire")) == ESCROW
    assert escrows.validate_json(escrows.dump_json(ESCROW)) == ESCROW
    report = Report(escrow=ESCROW, others=[ESCROW])
    assert Report.model_validate_json(report.model_dump_json()) == report
    assert Report.model_validate(report.model_dump()) == report


@pytest.mark.parametrize(
    ("payload", "place"),
    [
        ({}, ("escrow", "id")),
        ({"id": "1", "buyers": [{"name": {}}]}, ("escrow", "buyers", 0, "name")),
        (Person(name="Ada"), ("escrow",)),
    ],
)
def test_each_problem_is_reported_once_and_by_its_place(payload: Any, place: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        Report(escrow=payload)
    assert [error["loc"] for error in caught.value.errors()] == [place]


def test_a_part_of_a_record_is_serialized() -> None:
    report = Report(escrow=ESCROW)
    assert report.model_dump(mode="json", exclude_none=True)["escrow"] == PAYLOAD
    found = report.model_dump(include={"escrow": {"id", "closing_date"}}, mode="json")
    assert found == {"escrow": {"id": "1", "closing_date": "2026-07-01"}}
    found = report.model_dump(exclude={"escrow": {"id": True, "buyers": {0}}})["escrow"]
    assert "id" not in found
    assert found["buyers"] == [{"name": "Ada", "email": None, "phone": None, "new": 1}]
    assert report.model_dump()["escrow"] == ESCROW.to_dict()
