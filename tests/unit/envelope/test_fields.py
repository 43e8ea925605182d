"""Values: the absent marker, dates, nulls, unions."""

from __future__ import annotations

import datetime as dt
import pickle
from typing import Any

import pytest

from actuallycare import UNSET
from actuallycare._core.scalars import format_datetime
from actuallycare._core.secret import redact
from actuallycare._core.serialize import to_jsonable

UTC = dt.UTC


def test_unset_is_one_falsy_value() -> None:
    assert not UNSET
    assert repr(UNSET) == "UNSET"
    assert pickle.loads(pickle.dumps(UNSET)) is UNSET  # noqa: S301 - our own bytes


def test_a_secret_field_shows_only_whether_it_is_there() -> None:
    assert (redact(None), redact(UNSET), redact("s3cret")) == ("None", "UNSET", "'…'")


class Nested:
    def to_dict(self) -> dict[str, Any]:
        return {"a": UNSET, "when": dt.date(2026, 7, 10)}


def test_values_on_their_way_to_the_wire() -> None:
    value = {
        "left_alone": UNSET,
        "null": None,
        "moment": dt.datetime(2026, 7, 10, 17, tzinfo=UTC),
        "list": ({"x": UNSET, "y": 1}, 2),
        "nested": Nested(),
    }
    assert to_jsonable(value) == {
        "null": None,
        "moment": "2026-07-10T17:00:00Z",
        "list": [{"y": 1}, 2],
        "nested": {"when": "2026-07-10"},
    }
    with pytest.raises(ValueError, match="is a object"):
        to_jsonable({"x": object()})
    with pytest.raises(ValueError, match="is UNSET"):
        to_jsonable({"x": [UNSET]})


def test_datetimes_keep_their_offset() -> None:
    plus2 = dt.timezone(dt.timedelta(hours=2))
    assert (
        format_datetime(dt.datetime(2026, 1, 2, 3, 4, 5, 600, UTC)) == "2026-01-02T03:04:05.000600Z"
    )
    assert format_datetime(dt.datetime(2026, 1, 2, tzinfo=plus2)) == "2026-01-02T00:00:00+02:00"
    assert format_datetime(dt.date(2026, 1, 2)) == "2026-01-02"
    with pytest.raises(ValueError, match="has no time zone"):
        format_datetime(dt.datetime(2026, 1, 2))
