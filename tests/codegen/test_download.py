"""Downloading: encodings are removed one by one, and one deadline covers the whole request."""

from __future__ import annotations

import contextlib
import gc
import gzip
import json
import socket
import threading
import time
import zlib
from collections.abc import Iterator

import pytest

from codegen.errors import CodegenError
from codegen.source import download as module
from codegen.source.download import decode, download

from .documents import document

TEXT = json.dumps(document()).encode()


@pytest.fixture
def collected() -> Iterator[None]:
    """Collect sockets in the test that leaves them behind: httpcore forgets cancelled ones."""
    yield
    gc.collect()


@pytest.mark.parametrize("encodings", ["", "identity", "gzip", "deflate", "gzip, gzip", "x-gzip"])
def test_content_encodings_are_taken_off_one_by_one(encodings: str) -> None:
    body = TEXT
    for name in filter(None, encodings.split(", ")):
        body = {"identity": bytes, "deflate": zlib.compress}.get(name, gzip.compress)(body)
    assert decode(body, encodings, "URL") == TEXT


SLOW = {
    "headers": (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
    "informational responses": (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "body": (b"HTTP/1.1 200 OK\r\n\r\n", b" "),
    "chunk extension": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=", b"x"),
    "trailers": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"T: x\r\n"),
    "TLS": (b"", b"x"),
}


# httpcore leaves its socket to the garbage collector when TLS is cancelled.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.usefixtures("collected")
@pytest.mark.parametrize("kind", SLOW)
def test_one_deadline_covers_the_whole_download(kind: str) -> None:
    head, piece = SLOW[kind]
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def drip() -> None:
            connection, _ = listener.accept()
            with connection, contextlib.suppress(OSError):
                connection.sendall(head)
                while not ended.wait(0.02):
                    if kind != "TLS":
                        connection.sendall(piece)

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        scheme = "https" if kind == "TLS" else "http"
        url = f"{scheme}://127.0.0.1:{listener.getsockname()[1]}/"
        begun = time.monotonic()
        with pytest.raises(CodegenError, match=r"more than 0\.5 seconds"):
            download(url, deadline=0.5)
        assert time.monotonic() - begun < 5
        ended.set()
        thread.join()


def test_a_body_of_very_small_chunks_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_PIECES", 50)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def flood() -> None:
            connection, _ = listener.accept()
            with connection, contextlib.suppress(OSError):
                connection.sendall(head + b"1\r\n \r\n" * 60)
                connection.recv(1024)
                connection.recv(1024)  # until the client hangs up

        thread = threading.Thread(target=flood, daemon=True)
        thread.start()
        with pytest.raises(CodegenError, match="more than 50 pieces"):
            download(f"http://127.0.0.1:{listener.getsockname()[1]}/", deadline=5)
        thread.join()
