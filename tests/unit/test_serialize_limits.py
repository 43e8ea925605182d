"""Bodies, queries and paths at the limits: what is kept, and the whole message of each error."""

from __future__ import annotations

import datetime as dt
import enum
import re
from typing import Any, cast

import pandas as pd
import pytest
from attrs import define, field

from actuallycare import UNSET, ConfigurationError
from actuallycare._core.call_options import CallOptions
from actuallycare._core.operation import Call, Operation
from actuallycare._core.record import Record
from actuallycare._core.scalars import UnsendableValue
from actuallycare._core.secret import Secret
from actuallycare._core.serialize import (
    Extras,
    JsonBody,
    build_request,
    comma_separated,
    encode_query,
    format_json,
    is_structured,
    path_segment,
    to_jsonable,
)
from actuallycare.models import Listing, Person

PUT = Operation("listings.update", "PUT", "/listings/{id}")
LOGIN = Operation("auth.login", "POST", "/auth/login", sensitive=True)
URL = "https://api.example.com/v1"
CREATED = dt.datetime(2026, 7, 1, 9, tzinfo=dt.UTC)
WIRE = {"id": "1", "created_at": "2026-07-01T09:00:00Z"}
LISTING = Listing.from_dict(WIRE)
WHOLE = {**dict.fromkeys(LISTING.to_dict(by="wire")), **WIRE}


@define(kw_only=True, repr=False)
class House(Record):
    """A record whose attribute has another name than its field."""

    list_price: float = field(metadata={"wire": "listPrice"})


class Kind(enum.Enum):
    BUYER = "buyer"


class Plain:
    """What another library's record looks like."""

    def to_dict(self) -> dict[str, Any]:
        return {"when": CREATED}


def build(call: Call, **options: Any) -> Any:
    return build_request(call, base_url=URL, headers={}, timeout=30, **options)


BODIES: list[tuple[Any, Any]] = [
    ({"a": 1}, {"a": 1, "x": 2}),
    ({"x": 1}, {"x": 2}),
    (Plain(), {"when": CREATED, "x": 2}),
    (LISTING, {**LISTING.to_dict(), "x": 2}),
    (House(list_price=5), {"listPrice": 5, "x": 2}),
    (None, {"x": 2}),
    (UNSET, {"x": 2}),
]


@pytest.mark.parametrize(("value", "expected"), BODIES)
def test_members_are_added_to_each_kind_of_object(value: Any, expected: Any) -> None:
    body = JsonBody(value, "application/merge-patch+json").with_members({"x": 2})
    assert body == JsonBody(expected, "application/merge-patch+json")


@pytest.mark.parametrize(("value", "kind"), [([1], "an array"), ("a", "a string")])
def test_members_of_no_object_are_an_error(value: Any, kind: str) -> None:
    message = f"listings.update: extra_body adds members to an object, but the body is {kind}. "
    with pytest.raises(ConfigurationError, match=f"^{re.escape(message)}Make this call with a "):
        build(Call(PUT, "/listings/1", body=JsonBody(value)), extras=Extras(body={"x": 2}))
    own: Any = {"extra_body": {"x": 2}}
    with pytest.raises(ConfigurationError, match=f"^{re.escape(message)}Pass the whole body as "):
        build(Call(PUT, "/listings/1", body=JsonBody(value), options=own))


def test_members_of_the_client_start_no_body() -> None:
    extras = Extras(body={"x": 2})
    assert build(Call(PUT, "/listings/1"), extras=extras).content is None
    own: Any = {"extra_body": {"y": 3}}
    assert build(Call(PUT, "/listings/1", options=own), extras=extras).content == b'{"y":3}'
    both = Call(PUT, "/listings/1", body=JsonBody({}), options=own)
    assert build(both, extras=extras).content == b'{"x":2,"y":3}'


def test_limits_and_secrets_reach_the_request() -> None:
    secret = Secret("hidden")
    call = Call(LOGIN, "/auth/login", body=JsonBody({"password": secret}))
    request = build(call, max_bytes=7)
    assert (request.max_bytes, request.secrets) == (7, (secret,))
    assert request.content == b'{"password":"hidden"}'
    assert request.url == f"{URL}/auth/login"
    open_call = Call(PUT, "/listings/1", body=JsonBody({"password": secret}))
    assert build(open_call).secrets == ()


CONFIDENTIAL: list[tuple[Any, str]] = [
    (Secret(b"x"), "it is bytes; a str was expected"),  # type: ignore[arg-type]
    (Secret("x\ud800"), "it has lone surrogates, which UTF-8 cannot encode"),
]


@pytest.mark.parametrize(("secret", "problem"), CONFIDENTIAL)
def test_an_invalid_confidential_value_is_named(secret: Any, problem: str) -> None:
    body = JsonBody({"email": Secret("valid"), "nested": [{"password": secret}]})
    message = f"auth.login: a confidential value is invalid: {problem}."
    with pytest.raises(ConfigurationError, match=f"^{re.escape(message)}$"):
        build(Call(LOGIN, "/auth/login", body=body))


HEADERS: list[tuple[dict[str, Any], dict[str, Any], dict[str, str]]] = [
    # headers of the extras, of the call → those that are sent
    ({}, {}, {"X-A": "argument", "User-Agent": "test", "Accept": "application/json"}),
    ({"x-a": "extra"}, {}, {"x-a": "extra", "User-Agent": "test", "Accept": "application/json"}),
    (
        {"x-a": "extra"},
        {"X-A": "own"},
        {"X-A": "own", "User-Agent": "test", "Accept": "application/json"},
    ),
    ({"X-A": None, "accept": "text/csv"}, {}, {"User-Agent": "test", "Accept": "text/csv"}),
    ({"X-B": "1"}, {"X-A": None, "Accept": None, "x-b": "2"}, {"User-Agent": "test", "x-b": "2"}),
]


@pytest.mark.parametrize(("extra", "own", "sent"), HEADERS)
def test_the_later_headers_win(
    extra: dict[str, Any], own: dict[str, Any], sent: dict[str, str]
) -> None:
    options = CallOptions(extra_headers=own)
    call = Call(PUT, "/listings/1", headers={"X-A": "argument"}, options=options)
    request = build_request(
        call, base_url=URL, headers={"User-Agent": "test"}, timeout=30, extras=Extras(extra)
    )
    assert request.headers == sent


KINDS = "which cannot be sent; pass a str, number, date, aware datetime, UUID or Enum."
deep: list[Any] = []
deep.append(deep)
WHOLE_MESSAGES: list[tuple[Call, str]] = [
    (
        Call(PUT, "/listings/1", body=JsonBody(deep)),
        "listings.update: the body is nested too deeply, or contains itself.",
    ),
    (
        Call(PUT, "/listings/1", body=JsonBody({"a": [{"b": b"x"}]})),
        f"listings.update: `a.0.b` is a bytes, {KINDS}",
    ),
    (
        Call(PUT, "/listings/1", body=JsonBody([Listing(id="1", list_price=float("nan"))])),
        "listings.update: `0.list_price` is nan; pass a finite number, or None or nothing instead.",
    ),
    (
        Call(PUT, "/listings/1", body=JsonBody({"like": Listing(id=cast("str", b"x"))})),
        f"listings.update: `like.id` is a bytes, {KINDS}",
    ),
    (
        Call(PUT, "/listings/1", body=JsonBody({"tags": pd.Series(["a"])})),
        f"listings.update: `tags` is a Series, {KINDS}",
    ),
    (
        Call(PUT, "/listings/1", body=JsonBody({"like": Listing})),
        f"listings.update: `like` is a type, {KINDS}",
    ),
    (
        Call(PUT, "/listings/1", params={"p": "\ud800"}),
        "listings.update: `p` contains half of a surrogate pair, which UTF-8 cannot encode.",
    ),
    (
        Call(PUT, "/listings/1", params={"p": ["\ud800"]}),
        "listings.update: `p` contains half of a surrogate pair, which UTF-8 cannot encode.",
    ),
    (
        Call(PUT, "/listings/1", headers={"X-A": b"x"}),
        f"listings.update: `X-A` is a bytes, {KINDS}",
    ),
    (
        Call(PUT, "@evil.example/x"),
        (
            "listings.update: the path '@evil.example/x' leads to another server than base_url. "
            "Pass a path that starts with one slash."
        ),
    ),
    (
        Call(LOGIN, "/auth/login", body=JsonBody({"password": b"x"})),
        "auth.login: the body cannot be encoded (UnsendableValue).",
    ),
]


@pytest.mark.parametrize(("call", "message"), WHOLE_MESSAGES)
def test_the_message_names_operation_and_place(call: Call, message: str) -> None:
    # Without a path in the base URL, so that another host could be reached.
    with pytest.raises(ConfigurationError, match=f"^{re.escape(message)}$"):
        build_request(call, base_url="https://api.example.com", headers={}, timeout=30)


def test_an_invalid_path_argument_is_named() -> None:
    message = "listings.update: `id` contains half of a surrogate pair"
    with pytest.raises(ConfigurationError, match=message):
        path_segment("\ud800", "id", PUT)
    assert path_segment("a/X b", "id", PUT) == "a%2FX%20b"


JSON: list[tuple[Any, Any]] = [
    (LISTING, WHOLE),
    ([LISTING], [WHOLE]),
    (Person(name=cast("str", Kind.BUYER)), {"email": None, "name": "buyer", "phone": None}),
    (Person(name=cast("str", UNSET)), {"email": None, "phone": None}),
    (House(list_price=5), {"listPrice": 5}),
    (Plain(), {"when": "2026-07-01T09:00:00Z"}),
    ({"a": UNSET, "b": None}, {"b": None}),
    ((1, (2,)), [1, [2]]),
    (frozenset({3}), [3]),
]


@pytest.mark.parametrize(("value", "expected"), JSON)
def test_values_become_json(value: Any, expected: Any) -> None:
    assert to_jsonable(value) == expected


def test_unset_alone_is_no_value() -> None:
    with pytest.raises(UnsendableValue):
        to_jsonable(UNSET)


@pytest.mark.parametrize(
    ("value", "structured"),
    [({}, True), (Plain(), True), ([{}], True), ([1, ({},)], True), ([1], False), ("a", False)],
)
def test_which_values_forms_have_no_field_for(value: Any, structured: bool) -> None:
    assert is_structured(value) is structured


def test_lists_in_a_query() -> None:
    assert encode_query({"a": [1, None, UNSET, 2], "b": None, "c": (3,)}) == "a=1&a=2&c=3"
    assert encode_query({"a": comma_separated([1, None, 2]), "b b": "x y"}) == "a=1%2C2&b%20b=x%20y"
    assert comma_separated(None) is None
    assert comma_separated(UNSET) is None
    assert format_json({"ü": [True, None]}) == '{"ü":[true,null]}'
