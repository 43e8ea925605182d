"""Every generated model reads every payload as its fields promise, however sparse it is."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actuallycare import DecodeError, models
from actuallycare._core.envelope.decode import decode
from actuallycare._core.envelope.fields import to_date, to_datetime

MODELS: list[Any] = [
    model
    for name in models.__all__
    if attrs.has(model := getattr(models, name)) and hasattr(model, "from_dict")
]


def keys(model: Any) -> dict[str, str]:
    """Wire name → attribute, learned from what `from_dict` reads."""
    noted: list[str] = []

    class Noting(defaultdict[str, Any]):
        def __missing__(self, key: str) -> Any:
            noted.append(key)
            return None

        def get(self, key: str, default: Any = None) -> Any:
            return self[key]

    model.from_dict(Noting())
    names = [a.name for a in attrs.fields(model) if a.name != "raw"]
    by_plain = {name.replace("_", "").lower(): name for name in names}
    return {key: by_plain[key.replace("_", "").lower()] for key in noted}


DAY = st.dates().map(lambda day: day.isoformat())
MOMENT = st.datetimes(timezones=st.just(dt.UTC)).map(lambda moment: moment.isoformat())
PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)


def kind(model: Any, name: str) -> str:
    return str(attrs.fields_dict(model)[name].type)


def values(annotation: str) -> st.SearchStrategy[Any]:
    if "datetime.datetime" in annotation:
        return st.sampled_from([None, ""]) | MOMENT
    if "datetime.date" in annotation:
        return st.sampled_from([None, ""]) | DAY | MOMENT
    if any(word in annotation for word in ("list[", "dict[")):
        return st.none()
    return PLAIN


def expected(annotation: str, value: Any) -> Any:
    if value is None:
        return None
    if "datetime.datetime" in annotation:
        return to_datetime(value)
    if "datetime.date" in annotation:
        return to_date(value)
    return value


def payloads(model: Any, names: dict[str, str]) -> st.SearchStrategy[dict[str, Any]]:
    fields = {key: values(kind(model, name)) for key, name in names.items()}
    must = [
        key
        for key, name in names.items()
        if attrs.fields_dict(model)[name].default is attrs.NOTHING
    ]
    return st.fixed_dictionaries(
        {key: fields[key] for key in must},
        optional={**{k: v for k, v in fields.items() if k not in must}, "unknown": PLAIN},
    )


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@given(data=st.data())
def test_a_payload_is_read_field_by_field(model: Any, data: st.DataObject) -> None:
    names = keys(model)
    payload = data.draw(payloads(model, names))
    nested = [key for key in payload if key in names and not _reads_flat(kind(model, names[key]))]
    payload.update(dict.fromkeys(nested))
    read = decode(model.from_dict, payload, operation="x.get")
    for key, name in names.items():
        assert getattr(read, name) == expected(kind(model, name), payload.get(key))
    assert read.raw is payload
    assert attrs.evolve(read, raw=payload) == read


def _reads_flat(annotation: str) -> bool:
    known = ("str", "int", "float", "bool", "None", "Any", "datetime")
    words = annotation.replace("|", " ").split()
    return all(word.split(".")[0] in known or _is_enum(word) for word in words)


def _is_enum(word: str) -> bool:
    found = getattr(models, word, None)
    return found is not None and not attrs.has(found)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("payload", [[], "text", 5, None, True])
def test_reject_a_value_that_is_not_an_object(model: Any, payload: Any) -> None:
    with pytest.raises(DecodeError):
        decode(model.from_dict, payload, operation="x.get")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_required_field_must_be_there(model: Any) -> None:
    required = [a.name for a in attrs.fields(model) if a.default is attrs.NOTHING]
    if not required:
        assert model.from_dict({}) == model()
        return
    with pytest.raises(DecodeError):
        decode(model.from_dict, {}, operation="x.get")


DATES = [
    (model, key, "datetime.datetime" in kind(model, name))
    for model in MODELS
    for key, name in keys(model).items()
    if "datetime." in kind(model, name) and _reads_flat(kind(model, name))
]


@pytest.mark.parametrize(("model", "key", "timed"), DATES)
def test_an_invalid_date_is_reported_by_its_field(model: Any, key: str, timed: bool) -> None:
    payload: dict[str, Any] = dict.fromkeys(keys(model))
    for value in ("soon", 5):
        with pytest.raises(DecodeError) as caught:
            decode(model.from_dict, {**payload, key: value}, operation="x.get", at="data")
        assert caught.value.field == f"data.{key}"


@pytest.mark.parametrize(("model", "key", "timed"), DATES)
def test_the_other_forms_of_a_date_are_read_and_kept(model: Any, key: str, timed: bool) -> None:
    payload: dict[str, Any] = dict.fromkeys(keys(model))
    text = "2026-07-10T17:00:00.000Z"
    for value, day in (("", None), (text, dt.date(2026, 7, 10))):
        read = model.from_dict(src := {**payload, key: value})
        found = getattr(read, keys(model)[key])
        assert (found.date() if timed and found else found) == day
        assert read.raw is src
        assert read.raw[key] == value


def test_a_date_that_cannot_be_read_is_shown_as_it_came() -> None:
    payload = {**dict.fromkeys(keys(models.Listing)), "expiration_date": "2026-13-01T00:00:00Z"}
    with pytest.raises(DecodeError) as caught:
        decode(models.Listing.from_dict, payload, operation="x.get", at="data")
    assert caught.value.excerpt == '"2026-13-01T00:00:00Z"'


def test_the_first_of_two_invalid_dates_is_reported() -> None:
    wrong = {"created_at": "soon", "expiration_date": 5}
    payload = {**dict.fromkeys(keys(models.Listing)), **wrong}
    with pytest.raises(DecodeError) as caught:
        decode(models.Listing.from_dict, payload, operation="x.get", at="data")
    assert caught.value.field == "data.created_at"


def test_a_mapping_with_defaults_of_its_own_is_read_too() -> None:
    payload: defaultdict[str, Any] = defaultdict(lambda: None, {"id": "1", "created_at": ""})
    assert models.Listing.from_dict(payload).created_at is None
