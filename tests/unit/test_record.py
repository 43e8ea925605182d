"""Records leave the SDK: as dicts, JSON, copies, pickles, text, and responses of FastAPI."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
import pprint
from decimal import Decimal
from typing import Annotated, Any, cast
from uuid import UUID

import attrs
import pandas as pd
import pytest
from fastapi import Body, FastAPI
from fastapi.testclient import TestClient

from actuallycare.models import AuthLogin, AuthSession, BillingPlan, BillingPlans, Listing

PAYLOAD = {
    "id": 7,
    "address": "1 Main St",
    "bedrooms": "three",
    "created_at": "2026-06-11T18:24:09.5Z",
    "list_price": "425000.00",
    "listing_date": "2026-06-11",
    "new": {"a": [1]},
}
LISTING = Listing.from_dict(PAYLOAD)
EMPTY = Listing.from_dict({"id": "1"})
SESSION = AuthSession.from_dict({"ipAddress": "127.0.0.1", "createdAt": "soon", "ip_address": "x"})


def test_a_dict_has_python_values_and_the_names_of_attributes() -> None:
    found = {k: v for k, v in LISTING.to_dict().items() if v is not None}
    assert found == {
        "id": "7",
        "address": "1 Main St",
        "bedrooms": "three",
        "created_at": dt.datetime(2026, 6, 11, 18, 24, 9, 500000, dt.UTC),
        "list_price": 425000.0,
        "listing_date": dt.date(2026, 6, 11),
        "new": {"a": [1]},
    }
    assert LISTING.to_dict(additional=False)["bedrooms"] is None
    assert dict(LISTING) == LISTING.to_dict()


def test_json_and_wire_names_are_chosen() -> None:
    found = json.loads(LISTING.to_json())
    assert found["created_at"] == "2026-06-11T18:24:09.500000Z"
    assert found["listing_date"] == "2026-06-11"
    # An unknown field has the name of an attribute, which keeps its name in JSON then.
    assert SESSION.to_dict()["ip_address"] == "x"
    assert SESSION.to_dict()["ipAddress"] == "127.0.0.1"
    assert SESSION.to_dict()["created_at"] == "soon"
    assert SESSION.to_dict(by="wire")["createdAt"] == "soon"
    assert "created_at" not in SESSION.to_dict(by="wire")
    plans = BillingPlans.from_dict({"plans": [{"priceMonthly": "5"}]})
    assert plans.to_dict()["plans"][0]["price_monthly"] == 5
    assert plans.to_dict(by="wire")["plans"][0]["priceMonthly"] == 5


@pytest.mark.parametrize("record", [LISTING, EMPTY, SESSION])
def test_iterating_gives_what_a_dict_has(record: Any) -> None:
    assert dict(record) == record.to_dict()


def test_a_changed_attribute_replaces_the_original_of_an_unreadable_value() -> None:
    for changed in (attrs.evolve(LISTING, bedrooms=3), copy.deepcopy(LISTING)):
        changed.bedrooms = 3
        for by in ("attribute", "wire"):
            assert changed.to_dict(by=cast("Any", by))["bedrooms"] == 3
        assert dict(changed)["bedrooms"] == 3
        assert changed.to_dict()["new"] == {"a": [1]}


def test_json_has_values_of_other_types_that_a_program_sets() -> None:
    when = dt.datetime(2026, 6, 11, 12, tzinfo=dt.UTC)
    listing = Listing.from_dict({"id": "1", "seen": [when], "agent": {"a": (1, dt.date.min)}})
    listing.list_price = cast("float", Decimal("12.50"))
    listing.user_id = cast("str", UUID(int=5))
    listing.created_at = when.replace(tzinfo=None)
    found = json.loads(listing.to_json())
    assert found["seen"] == ["2026-06-11T12:00:00Z"]
    assert found["agent"] == {"a": [1, "0001-01-01"]}
    assert (found["list_price"], found["created_at"]) == (12.5, "2026-06-11T12:00:00")
    assert found["user_id"] == str(UUID(int=5))
    assert listing.to_dict()["seen"] == [when]


def test_numbers_that_json_does_not_have_are_null() -> None:
    received = Listing.from_dict(json.loads('{"id": "1", "list_price": 1e999, "new": [-1e999]}'))
    assert received.to_dict()["list_price"] == float("inf")
    found = json.loads(received.to_json())
    assert (found["list_price"], found["new"]) == (None, [None])
    assert json.loads(Listing(id="1", list_price=float("nan")).to_json())["list_price"] is None


def test_a_decimal_beyond_a_float_is_null_in_json() -> None:
    listing = Listing(id="1", list_price=cast("float", Decimal("1e350")))
    assert listing.to_dict(mode="json")["list_price"] is None


@pytest.mark.parametrize("value", [Decimal("NaN"), b"x", pd.NaT])
def test_what_json_cannot_express_is_named(value: Any) -> None:
    with pytest.raises(ValueError, match=r"^Listing: `list_price` is .*; pass .*\.$"):
        Listing(id="1", list_price=value).to_json()
    plans = BillingPlans(plans=[BillingPlan(additional_properties={"a": [1, {"b": value}]})])
    with pytest.raises(ValueError, match=r"^BillingPlan: `a` is "):
        plans.to_dict(mode="json")
    assert repr(plans.to_dict()["plans"][0]["a"][1]["b"]) == repr(value)


@pytest.mark.parametrize("arguments", [{"mode": "xml"}, {"by": "name"}])
def test_reject_an_unknown_form(arguments: Any) -> None:
    with pytest.raises(ValueError, match="was expected"):
        LISTING.to_dict(**arguments)


@pytest.mark.parametrize("record", [LISTING, EMPTY, SESSION])
def test_copies_are_equal(record: Any) -> None:
    for other in (
        copy.copy(record),
        copy.deepcopy(record),
        pickle.loads(pickle.dumps(record)),  # noqa: S301 - our own bytes
        attrs.evolve(record),
        record.__replace__(),
    ):
        assert other == record
        assert other is not record


def test_a_changed_copy_differs() -> None:
    changed = LISTING.__replace__(address="2 Main St")
    assert changed != LISTING
    assert (changed.address, changed.list_price) == ("2 Main St", 425000.0)
    with pytest.raises(TypeError, match="unhashable"):
        hash(LISTING)


def test_attrs_gives_each_value_once() -> None:
    found = attrs.asdict(LISTING)
    assert found.pop("additional_properties") == {"bedrooms": "three", "new": {"a": [1]}}
    assert list(found.values()).count("1 Main St") == 1
    json.dumps(attrs.asdict(EMPTY))


def test_records_without_additional_properties_share_one_mapping() -> None:
    properties: Any = EMPTY.additional_properties
    other = pickle.loads(pickle.dumps(EMPTY))  # noqa: S301 - our own bytes
    assert properties is Listing.from_dict({"id": "2"}).additional_properties
    assert properties is copy.deepcopy(EMPTY).additional_properties
    assert properties is other.additional_properties
    for change in (lambda: properties.update(a=1), lambda: properties.setdefault("a", 1)):
        with pytest.raises(TypeError, match="shared"):
            change()
    with pytest.raises(TypeError, match="shared"):
        properties["a"] = 1


def test_the_repr_is_one_short_line() -> None:
    long = Listing.from_dict({**PAYLOAD, "description": "x\n" * 500, "address": "y" * 500})
    text = repr(long)
    assert "\n" not in text
    assert len(text) < 250
    assert text.startswith("Listing(id='7', address='yyy")
    assert text.endswith(", … +3)")
    assert repr(EMPTY) == "Listing(id='1')"


class Printer:
    """The part of IPython's printer that records use."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def group(self, *_: Any) -> Any:
        return memoryview(b"")  # a context manager

    def text(self, text: str) -> None:
        self.words.append(text)

    def breakable(self, text: str) -> None:
        self.words.append(text)

    def pretty(self, value: Any) -> None:
        self.words.append(repr(value))


def test_pprint_rich_and_ipython_show_all_fields() -> None:
    names = [field.name for field in attrs.fields(Listing)]
    printer = Printer()
    LISTING._repr_pretty_(printer, False)
    shown = [pprint.pformat(LISTING), pprint.pformat([LISTING]), "".join(printer.words)]
    shown.append(str([name for name, _ in LISTING.__rich_repr__()]))
    for text in shown:
        assert all(name in text for name in names)


def test_nothing_shows_a_credential() -> None:
    payload = {"token": "s3cret", "refreshToken": ["s3cret"], "other": "s3cret"}
    login = AuthLogin.from_dict(payload)
    printer = Printer()
    login._repr_pretty_(printer, False)
    shown = [repr(login), pprint.pformat([login]), str([*login.__rich_repr__()])]
    assert "s3cret" not in "".join([*shown, *printer.words])
    assert login.to_dict()["token"] == "s3cret"


def application() -> FastAPI:
    app = FastAPI()

    @app.get("/untyped")
    async def untyped():  # noqa: ANN202 - FastAPI reads annotations
        return LISTING

    @app.get("/one")
    async def one() -> Listing:
        return LISTING

    @app.get("/plans")
    async def plans() -> list[BillingPlans]:
        return [BillingPlans.from_dict({"plans": [{"key": "pro"}]})]

    app.post("/echo")(echo)
    return app


async def echo(listing: Annotated[Listing, Body()]) -> Listing:
    return listing


def test_fastapi_returns_records_and_lists_of_them() -> None:
    client = TestClient(application())
    assert client.get("/untyped").json()["address"] == "1 Main St"
    assert client.get("/one").json() == LISTING.to_dict(mode="json")
    assert client.get("/plans").json()[0]["plans"][0]["key"] == "pro"


def test_fastapi_validates_and_describes_records() -> None:
    client = TestClient(application())
    sent = {"id": "1", "list_price": 5, "created_at": "2026-06-11T18:24:09Z"}
    assert client.post("/echo", json=sent).json() == Listing.from_dict(sent).to_dict(mode="json")
    assert client.post("/echo", json={"list_price": 5}).status_code == 422
    assert client.post("/echo", json={"id": "1", "list_price": "x"}).status_code == 422
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    assert schemas["Listing"]["properties"].keys() == Listing(id="1").to_dict().keys()
    assert schemas["Listing"]["required"] == ["id"]
    assert "BillingPlan" in schemas
