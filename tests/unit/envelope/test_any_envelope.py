"""Envelopes of any content: readers raise nothing, or a DecodeError."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from actuallycare import DecodeError, Request, Response
from actuallycare._core.envelope.unwrap import (
    is_failure,
    read_body,
    read_error_details,
    read_timestamp,
    status_error,
    unwrap_envelope,
)
from actuallycare._core.operation import Operation

NOW = datetime(2026, 6, 11, tzinfo=UTC)
RECORD = Operation("listings.get", "GET", "/listings/{id}", unwrap=("data",))
REQUEST = Request(RECORD, "GET", "https://api.example.com/v1/listings/1", {})

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
ENVELOPE = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("success", "error", "errorId", "message", "timestamp"), JSON)
)


@given(st.binary(max_size=400), st.integers(300, 999))
def test_no_bytes_make_an_error_response_raise(content: bytes, status: int) -> None:
    error = status_error(Response(status, {}, content), REQUEST, now=NOW)
    assert error.status_code == status
    assert str(error)


@given(ENVELOPE | JSON)
def test_no_error_envelope_makes_the_reader_raise(body: Any) -> None:
    read_error_details(body)
    read_timestamp(body)
    is_failure(body)


@given(st.binary(max_size=400))
def test_no_bytes_escape_the_decode_error(content: bytes) -> None:
    with suppress(DecodeError):
        unwrap_envelope(read_body(Response(200, {}, content), RECORD), RECORD)
