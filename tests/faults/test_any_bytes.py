"""No bytes from the server make reading them raise anything but errors of the SDK."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actuallycare import ActuallyCareError, DecodeError, Request, Response, api, models
from actuallycare._core.envelope.decode import decode
from actuallycare._core.envelope.unwrap import (
    is_failure,
    read_body,
    read_timestamp,
    status_error,
    unwrap_envelope,
)
from actuallycare._core.operation import Call, Operation, PageLayout
from actuallycare._core.pagination.page import read_page
from actuallycare._core.rate_limit import read_rate_limit, retry_delay_from_headers
from actuallycare._core.resource import Resource
from actuallycare._core.sender import Sender

NOW = datetime(2026, 6, 11, tzinfo=UTC)
RECORD = Operation("listings.get", "GET", "/listings/{id}", unwrap=("data",))
LIST = Operation(
    "listings.list",
    "GET",
    "/listings",
    kind="page",
    unwrap=("data",),
    page_layout=PageLayout(items=("listings",), meta=("data", "meta"), page_size=20),
)
REQUEST = Request(RECORD, "GET", "https://api.example.com/v1/listings/1", {})

# Derandomized, so that a run can be repeated.
few = settings(max_examples=40, derandomize=True)
many = settings(max_examples=400, derandomize=True)

TRICKY: list[Any] = [
    *("", " ", "2026-06-11", "2026-06-11T18:24:09Z", "2026-99-99", "T", "\ud800", "\x00", "٣"),
    *(0, -1, 10**30, -(10**400), 1.5, float("inf"), True, None, [], {}, [[]], {"id": {}}),
]
SCALARS = st.sampled_from(TRICKY) | st.text(max_size=8) | st.integers() | st.floats()
KEYS = st.sampled_from(
    ["success", "data", "error", "code", "message", "details", "meta", "listings", "id", "total"]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(), inner, max_size=3)
    ),
    max_leaves=8,
)
BODIES = (
    st.binary(max_size=200)
    | VALUES.map(lambda value: json.dumps(value).encode())
    | st.builds(
        lambda data, error: json.dumps({"success": True, "data": data, "error": error}).encode(),
        VALUES,
        VALUES,
    )
)
HEADERS = st.dictionaries(
    st.sampled_from(["Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"]),
    st.sampled_from(["0", "-1", "1e9", "9" * 400, "nan", "", "Thu, 11 Jun 2026 18:24:09 GMT"])
    | st.text(max_size=12),
)

MODELS = [
    model for _, model in inspect.getmembers(models, inspect.isclass) if hasattr(model, "from_dict")
]


def only_ours(read: Callable[[], object]) -> object:
    """What `read` gives; anything but an error of the SDK comes through and fails the test."""
    try:
        return read()
    except ActuallyCareError as error:
        str(error)
        return error


class Noting(dict[str, Any]):
    """Notes which keys are read."""

    def __init__(self) -> None:
        super().__init__()
        self.keys_read: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.keys_read.add(key)
        return None

    def get(self, key: str, default: Any = None) -> Any:
        return self[key]


def fields_of(model: Any) -> list[str]:
    """The names that a model reads."""
    noting = Noting()
    model.from_dict(noting)
    return sorted(noting.keys_read)


def test_every_model_is_walked() -> None:
    assert len(MODELS) > 20
    assert all(fields_of(model) for model in MODELS)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_takes_any_type_or_names_itself(model: Any) -> None:
    for name in fields_of(model):
        for value in TRICKY:
            source = dict.fromkeys(fields_of(model)) | {name: value}
            got = only_ours(lambda: decode(model.from_dict, source, operation="x", at="data"))  # noqa: B023
            if isinstance(got, DecodeError):
                assert got.field.startswith(f"data.{name}")
            else:
                repr(got)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_any_value_reads_as_the_model_or_ends_in_our_error(model: Any) -> None:
    names = st.sampled_from(fields_of(model))
    sources = VALUES | st.dictionaries(names, VALUES, max_size=6)

    @few
    @given(sources)
    def check(source: Any) -> None:
        got = only_ours(lambda: decode(model.from_dict, source, operation="x", at="data"))
        repr(got)

    check()


def read_all(content: bytes, headers: dict[str, str], status: int = 200) -> None:
    """The way of a response through everything that is pure."""
    response = Response(status, headers, content)
    read_rate_limit(headers, now=NOW)
    retry_delay_from_headers(headers, now=NOW)
    error = status_error(response, REQUEST, now=NOW)
    str(error)
    body = only_ours(lambda: read_body(response, RECORD))
    if isinstance(body, ActuallyCareError):
        return
    is_failure(body)
    read_timestamp(body)
    parse = models.Listing.from_dict
    only_ours(
        lambda: decode(parse, unwrap_envelope(body, RECORD), operation=RECORD.name, at="data")
    )
    only_ours(lambda: read_page(body, LIST, parse, number=1, limit=None))


@many
@given(BODIES, HEADERS, st.sampled_from([200, 302, 404, 429, 500, 561]))
def test_any_response_is_read_or_ends_in_our_error(
    content: bytes, headers: dict[str, str], status: int
) -> None:
    read_all(content, headers, status)


@dataclass(frozen=True)
class Reader:
    """An operation with the function that reads its payload."""

    operation: Operation
    parse: Callable[[Any], Any]


def recording(resource: type[Resource], found: list[Reader]) -> Any:
    """Return a resource whose methods record their operation instead of sending it."""

    def record(self: Any, call: Call, parse: Callable[[Any], Any]) -> None:
        found.append(Reader(call.operation, parse))

    async def record_awaited(self: Any, call: Call, parse: Callable[[Any], Any]) -> None:
        record(self, call, parse)

    async def ignore(self: Any, call: Call) -> None:
        """The operation has no result to read."""

    replaced = {
        "_list": record,
        **dict.fromkeys(["_page", "_record", "_optional"], record_awaited),
        **dict.fromkeys(["_any", "_none"], ignore),
    }
    return type(resource.__name__, (resource,), replaced)(cast("Sender", None))


async def call_every_method(resource: Any) -> None:
    for name, method in inspect.getmembers(resource, inspect.ismethod):
        if name.startswith("_"):
            continue
        required = [
            parameter
            for parameter in inspect.signature(method).parameters.values()
            if parameter.default is inspect.Parameter.empty
        ]
        by_position = [p.name for p in required if p.kind is not inspect.Parameter.KEYWORD_ONLY]
        by_name = {p.name: "x" for p in required if p.name not in by_position}
        result = method(*by_position, **by_name)
        if inspect.isawaitable(result):
            await result


def readers() -> list[Reader]:
    """Return every generated operation that has a result to read."""
    found: list[Reader] = []
    for module_info in pkgutil.iter_modules(api.__path__, f"{api.__name__}."):
        module = importlib.import_module(module_info.name)
        for _, resource in inspect.getmembers(module, inspect.isclass):
            if issubclass(resource, Resource) and resource is not Resource:
                anyio.run(call_every_method, recording(resource, found))
    return found


def wrapped(operation: Operation, value: Any) -> Any:
    """A body with `value` where the operation's payload, or its array of items, is."""
    keys = [*operation.unwrap, *(operation.page_layout.items if operation.page_layout else ())]
    for key in reversed(keys):
        value = {key: value}
    return {"success": True, **value} if isinstance(value, dict) else value


def test_every_operation_is_walked() -> None:
    assert len(readers()) > 50


@pytest.mark.parametrize("reader", readers(), ids=lambda reader: reader.operation.name)
def test_any_response_gives_a_result_or_an_sdk_error(reader: Reader) -> None:
    operation = reader.operation
    held = VALUES | st.lists(VALUES, max_size=3)
    bodies = BODIES | held.map(lambda value: json.dumps(wrapped(operation, value)).encode())

    @few
    @given(bodies)
    def check(content: bytes) -> None:
        def read() -> object:
            body = read_body(Response(200, {}, content), operation)
            if operation.kind == "page":
                return read_page(body, operation, reader.parse, number=1, limit=None)
            value = unwrap_envelope(body, operation)
            return decode(reader.parse, value, operation=operation.name, at="data")

        repr(only_ours(read))

    check()


@pytest.mark.parametrize(
    "template",
    [
        '{"success":true,"data":%s}',
        '{"success":true,"wrong":%s}',
        '{"success":true,"data":{"id":"1","created_at":%s}}',
        '{"success":true,"data":{"id":"1","address":%s}}',
        '{"success":true,"data":{"listings":[%s]}}',
        '{"success":true,"data":{"listings":[],"meta":%s}}',
        '{"success":false,"error":{"code":%s}}',
        '{"success":false,"error":{"message":%s}}',
        '{"success":false,"error":{"details":[%s]}}',
        '{"success":false,"errorId":%s}',
        "%s",
    ],
)
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")], ids=["[", "{"])
def test_no_depth_of_nesting_overflows_the_stack(template: str, opening: str, closing: str) -> None:
    # Near the interpreter's limit the parser succeeds and what comes after it may not.
    for depth in (*range(1, 800, 50), *range(800, 1_010), 10_000):
        nested = opening * depth + "0" + closing * depth
        read_all((template % nested).encode(), {})
