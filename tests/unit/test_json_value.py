"""Reading JSON gives the same, with the fast parser and without it: values and errors."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from actuallycare._core import json_value
from actuallycare._core.json_value import has_too_many_values, parse_json

msgspec = pytest.importorskip("msgspec")

EDGES = [
    b"",
    b" 1 ",
    b"-0",
    b"-0.0",
    b"18446744073709551616",
    b"-9223372036854775809",
    b"9" * 50,
    b"9" * 5_000,
    b"9007199254740993",
    b"1e400",
    b"-1e400",
    b"1e-400",
    b"5e-324",
    b"2.2250738585072011e-308",
    b"123456789012345678901234567890.5",
    b"01",
    b"1.",
    b".5",
    b"+1",
    b"1E5",
    b"NaN",
    b"Infinity",
    b'{"a": NaN}',
    b'{"a": 1, "b": 2, "a": 3}',
    b'{"a": 1,}',
    b"[1,]",
    b'{"a": 1} x',
    b"{'a': 1}",
    b'"\\ud800"',
    b'"\\ud83d\\ude00"',
    b'"\\u0000"',
    b'"\x01"',
    b'"\x7f"',
    b'"\xff"',
    b'"\xed\xa0\x80"',
    b'"a\xc0\x80"',
    b"\xef\xbb\xbf1",
    b"\xa0[]",
    b"\x0c1",
    b"1\x00",
    "[1]".encode("utf-16"),
    "[1]".encode("utf-32"),
    b"[" * 500 + b"]" * 500,
    b"[" * 200_000 + b"]" * 200_000,
    b'{"a":' * 200_000 + b"1" + b"}" * 200_000,
]


def outcome(content: bytes) -> tuple[str, str]:
    """Return the exact result of parsing, or the error."""
    try:
        value = parse_json(content)
    except (ValueError, RecursionError) as error:
        return "refused", f"{type(error).__name__}: {error}"
    # repr distinguishes 1 from 1.0 and True, keeps the order of keys, and shows lone surrogates.
    return "read", repr(value)


def both(content: bytes) -> tuple[tuple[str, str], tuple[str, str]]:
    fast = outcome(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_value, "fast_parser", lambda: None)
        return fast, outcome(content)


def test_the_fast_parser_is_in_use() -> None:
    assert json_value.fast_parser() is not None


@pytest.mark.parametrize("content", EDGES, ids=lambda content: repr(content[:24]))
def test_edge_cases_are_parsed_or_rejected_alike(content: bytes) -> None:
    fast, plain = both(content)
    assert fast == plain


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=30,
)


@given(JSON, st.booleans())
def test_values_are_read_alike(value: Any, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only)
    fast, plain = both(text.encode("utf-8", "surrogatepass"))
    assert fast == plain


@given(st.binary(max_size=60))
@example(b'{"a":1e5,"a":"\xff"}')
def test_any_bytes_end_alike(content: bytes) -> None:
    fast, plain = both(content)
    assert fast == plain


NUMBER = st.from_regex(
    rb"-?(0|[1-9][0-9]{0,40})(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?", fullmatch=True
)


@given(NUMBER)
def test_numbers_are_read_alike(content: bytes) -> None:
    fast, plain = both(content)
    assert fast == plain


@given(st.lists(st.sampled_from([*list('{}[],:"\\ue0-1.'), "a", "null", "true", "\\ud8"])))
def test_nearly_json_ends_alike(parts: list[str]) -> None:
    fast, plain = both("".join(parts).encode())
    assert fast == plain


def test_without_msgspec_the_standard_library_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "msgspec.json", None)
    json_value.fast_parser.cache_clear()
    try:
        assert json_value.fast_parser() is None
        assert parse_json(b'{"a": [1]}') == {"a": [1]}
    finally:
        json_value.fast_parser.cache_clear()


MANY = [b"[],", b"{},", b"1,", b'"",', b"[[[[", b"\n\n\n\n0,", b'{"":[']


@pytest.mark.parametrize("values", MANY)
def test_many_values_are_too_many(values: bytes) -> None:
    content = values * 1_100_000
    assert has_too_many_values(content, 64 * 2**20)
    assert not has_too_many_values(content, None)
    assert not has_too_many_values(content, 2**30)
    assert not has_too_many_values(values * 100_000, 64 * 2**20)
    assert not has_too_many_values(values * 200_000, 1_000)


def test_a_long_text_is_one_value() -> None:
    assert not has_too_many_values(b'"' + b"a, b" * 900_000 + b'"', 64 * 2**20)


def test_many_objects_are_too_many() -> None:
    content = b'{"a":1},' * 150_000
    assert has_too_many_values(content, 64 * 2**20)
    assert not has_too_many_values(content, 128 * 2**20)
    assert not has_too_many_values(content[: 8 * 100_000 + 6] + b" " * 400_000, 64 * 2**20)
