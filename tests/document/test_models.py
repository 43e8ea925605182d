"""Every generated model reads any JSON as its annotations promise, and loses nothing."""

from __future__ import annotations

import datetime as dt
import inspect
import json
import types
import typing
from typing import Any, Literal, Union, get_args, get_origin

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actuallycare import DecodeError, models
from actuallycare._core.envelope.decode import decode
from actuallycare._core.record import Record, wire_names

NAMES = {name: getattr(models, name) for name in models.__all__}
MODELS: list[Any] = [
    model for model in NAMES.values() if isinstance(model, type) and issubclass(model, Record)
]
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=4)
    | st.sampled_from(
        (
            *("", "1,5", "1e3", " 42 ", "12.50", "1e999", "true", "TRUE", "007", "NaN", "0x1A"),
            *("2026-06-11", "2026-06-11t18:24:09.1234567z", "2016-12-31T23:59:60Z", "24:00:00"),
            *("0000-00-00", "infinity", "2026-06-11T24:00:00Z", "9999-12-31T23:59:60Z", "1_0"),
            *("12345678901234567890.12", "9007199254740993"),
        )
    )
)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


def payloads(model: Any, depth: int = 2) -> st.SearchStrategy[dict[str, Any]]:
    """Any JSON under the names of the fields, nested models among them, and unknown fields."""
    hints = typing.get_type_hints(model, localns=NAMES)
    fields = {}
    for name, wire in wire_names(model).items():
        nested = [m for m in MODELS if m.__name__ in str(hints[name])] if depth else []
        inner = [payloads(m, depth - 1) for m in nested]
        fields[wire] = st.one_of(JSON, *inner, *(st.lists(i | JSON, max_size=2) for i in inner))
    needed = [wire for name, wire in wire_names(model).items() if is_required(model, name)]
    optional = {wire: fields[wire] for wire in fields if wire not in needed}
    known = st.fixed_dictionaries({wire: fields[wire] for wire in needed}, optional=optional)
    unknown = st.dictionaries(st.text(max_size=4), JSON, max_size=2)
    return st.builds(lambda some, more: {**some, **more}, unknown, known)


def is_required(model: Any, name: str) -> bool:
    return name == "id" and attrs.fields_dict(model)[name].default is attrs.NOTHING


def fits(value: Any, hint: Any) -> bool:
    """Whether a value is an instance of an annotation, also inside lists and dicts."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Any:
        return True
    if origin in (Union, types.UnionType):
        return any(fits(value, argument) for argument in arguments)
    if origin is Literal:
        return value in arguments
    if origin is list:
        return isinstance(value, list) and all(fits(item, arguments[0]) for item in value)
    if origin is dict:
        return isinstance(value, dict) and all(fits(v, arguments[1]) for v in value.values())
    if hint is dt.date:
        return type(value) is dt.date
    if hint is dt.datetime:
        return isinstance(value, dt.datetime) and value.tzinfo is not None
    if isinstance(hint, type) and issubclass(hint, Record):
        return isinstance(value, hint) and all_fit(value)
    return type(value) is hint


def all_fit(record: Any) -> bool:
    hints = typing.get_type_hints(type(record), localns=NAMES)
    values = {name: getattr(record, name) for name in wire_names(type(record))}
    return all(value is None or fits(value, hints[name]) for name, value in values.items())


@each_model
@settings(max_examples=12)
@given(data=st.data())
def test_any_json_is_read_as_annotated_and_written_back(model: Any, data: st.DataObject) -> None:
    payload = data.draw(payloads(model))
    record = model.from_dict(payload)
    assert all_fit(record)
    kept = record.additional_properties
    for wire, value in payload.items():
        if wire not in wire_names(model).values():
            assert wire in kept or wire in wire_names(model)
        elif wire in kept:
            assert kept[wire] is value
    for by in ("attribute", "wire"):
        assert model.from_dict(record.to_dict(by=by)) == record
        assert model.from_dict(record.to_dict(mode="json", by=by)) == record
        assert model.from_dict(json.loads(record.to_json(by=by))) == record


@each_model
@pytest.mark.parametrize("payload", [[], "text", 5, None, True])
def test_reject_a_value_that_is_not_an_object(model: Any, payload: Any) -> None:
    with pytest.raises(DecodeError):
        decode(model.from_dict, payload, operation="x.get")


def test_each_enum_has_a_guard() -> None:
    aliases = [name for name, value in NAMES.items() if get_origin(value) is Literal]
    guards = [value for value in NAMES.values() if inspect.isfunction(value)]
    assert len(aliases) == len(guards)
    assert not any(guard(value) for guard in guards for value in (None, ["x"], {}, "no member"))
