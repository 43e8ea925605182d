"""The limit of a body bounds everything that is held and read."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actuallycare._core.transports._decompress import BadBody, BodyReader

LIMIT = 1_000
GZIP = {"Content-Encoding": "gzip"}
SMALL = gzip.compress(b'{"success": true}', mtime=0)
EMPTY = gzip.compress(b"", mtime=0)
MEBIBYTE = b"\0" * 2**20


def stored_blocks_of_nothing() -> Iterator[bytes]:
    yield b"\x1f\x8b\x08\0\0\0\0\0\0\x03"
    while True:
        yield b"\x00\x00\x00\xff\xff" * 100


def header_without_end(flag: int) -> Iterator[bytes]:
    yield b"\x1f\x8b\x08" + bytes([flag]) + b"\0" * 6
    while True:
        yield b"a" * 1_000


def endless(first: bytes, then: bytes) -> Iterator[bytes]:
    yield first
    while True:
        yield then


ENDLESS = {
    "plain": ({}, lambda: endless(b"", b"x" * 100)),
    "gzip of a gigabyte": (GZIP, lambda: iter([gzip.compress(MEBIBYTE * 64)])),
    "zeros after the stream": (GZIP, lambda: endless(SMALL, b"\0" * 100)),
    "text after the stream": (GZIP, lambda: endless(SMALL, b"a" * 100)),
    "members": (GZIP, lambda: endless(SMALL, SMALL)),
    "empty members": (GZIP, lambda: endless(SMALL, EMPTY)),
    "members, cut anywhere": (GZIP, lambda: (bytes([b]) for b in SMALL * 10_000)),
    "blocks of nothing": (GZIP, stored_blocks_of_nothing),
    "file name without end": (GZIP, lambda: header_without_end(8)),
    "comment without end": (GZIP, lambda: header_without_end(16)),
    "x-gzip": ({"Content-Encoding": "X-GZIP"}, lambda: iter([gzip.compress(MEBIBYTE)])),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_endless_body_is_not_read_past_the_limit(name: str) -> None:
    headers, pieces = ENDLESS[name]
    body = BodyReader(headers, LIMIT)
    received = 0
    try:
        for piece in pieces():
            received += len(piece)
            assert received < 300_000
            if body.add(piece):
                break
    except BadBody:
        return
    assert body.over
    assert len(body.getvalue()) <= LIMIT + 1


@pytest.mark.parametrize("count", [1, 4_000, 4_096, 4_097])
def test_number_of_members_is_limited(count: int) -> None:
    body = BodyReader(GZIP, None)
    pieces = [SMALL, *[EMPTY] * (count - 1)]
    if count > 4_096:
        with pytest.raises(BadBody, match="data after"):
            read(body, [b"".join(pieces)])
    else:
        assert read(body, [b"".join(pieces)]) == gzip.decompress(SMALL)


@pytest.mark.parametrize("size", [1_000, 65_536, 90_000, 400_000])
def test_members_of_nothing_are_over_the_limit_however_they_arrive(size: int) -> None:
    sent = SMALL + EMPTY * 20_000
    body = BodyReader(GZIP, 100_000)
    pieces = (sent[start : start + size] for start in range(0, len(sent), size))
    assert any(body.add(piece) for piece in pieces)


def read(body: BodyReader, pieces: Iterable[bytes]) -> bytes:
    for piece in pieces:
        body.add(piece)
    return body.getvalue()


@given(
    contents=st.lists(st.binary(max_size=50), min_size=1, max_size=4),
    sizes=st.lists(st.integers(1, 40), min_size=1),
)
def test_members_are_read_one_after_the_other(contents: list[bytes], sizes: list[int]) -> None:
    sent = b"".join(map(gzip.compress, contents))
    pieces: list[bytes] = []
    while sent:
        size = sizes[len(pieces) % len(sizes)]
        pieces.append(sent[:size])
        sent = sent[size:]
    assert read(BodyReader(GZIP, 1_000), pieces) == b"".join(contents)


@pytest.mark.parametrize("cut", [1, 5, 10, 12, len(SMALL) - 1])
@pytest.mark.parametrize("before", [b"", SMALL], ids=["alone", "second"])
def test_body_cut_short_is_bad(cut: int, before: bytes) -> None:
    with pytest.raises(BadBody, match="cut short"):
        read(BodyReader(GZIP, LIMIT), [before + SMALL[:cut]])


def test_body_without_a_byte_is_empty() -> None:
    assert read(BodyReader(GZIP, LIMIT), []) == b""
    assert read(BodyReader({"Content-Encoding": ""}, LIMIT), [b"a"]) == b"a"


@pytest.mark.parametrize(
    "encoding", ["gzip, gzip", "gzip, identity", "deflate", "br", "zstd", "gzip;q=1"]
)
def test_other_encoding_is_bad(encoding: str) -> None:
    with pytest.raises(BadBody, match="gzip was requested"):
        BodyReader({"Content-Encoding": encoding}, LIMIT)


def test_raw_deflate_is_not_gzip() -> None:
    with pytest.raises(BadBody, match="not gzip"):
        BodyReader(GZIP, LIMIT).add(zlib.compress(b"{}"))


@pytest.mark.parametrize("level", [0, 1, 9])
def test_content_that_compression_makes_longer_may_have_the_limit(level: int) -> None:
    content = bytes((i * 7919 + (i >> 3) * 104_729) % 251 for i in range(100_000))
    body = BodyReader(GZIP, len(content))
    assert read(body, [gzip.compress(content, level)]) == content
    assert not body.over
