"""Pulling: over a real socket, from a file, and every way that it can go wrong."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from codegen.__main__ import main
from codegen.document import dumps
from codegen.errors import CodegenError
from codegen.source import pull
from codegen.source.download import download
from codegen.source.published import derive_document

from .documents import document

GOOD = document()
Answer = tuple[int, dict[str, str], bytes]
Serve = Callable[..., str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve answers by path on a free port; gives the URL of `/openapi.json`."""
    answers: dict[str, Answer] = {}
    seen: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.headers)
            status, headers, content = answers[self.path]
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    base = f"http://127.0.0.1:{server.server_address[1]}"

    def start(
        content: bytes, status: int = 200, path: str = "/openapi.json", **headers: str
    ) -> str:
        answers[path] = (status, {k.replace("_", "-"): v for k, v in headers.items()}, content)
        return base + path

    yield start
    server.shutdown()
    server.server_close()
    thread.join()
    assert not any("X-API-Key" in headers or "Authorization" in headers for headers in seen)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "openapi.json"
    path.write_text("the old file", encoding="utf-8")
    return path


def run(target: Path, *source: str) -> int:
    return main(["pull", "--to", str(target), *source])


def test_a_document_is_pulled_sorted_and_whole(serve: Serve, tmp_path: Path, capsys: Any) -> None:
    target = tmp_path / "openapi.json"
    content = json.dumps(GOOD).encode()
    assert run(target, "--url", serve(content, Content_Type="application/json")) == 0
    assert target.read_text(encoding="utf-8") == dumps(GOOD)
    assert capsys.readouterr().out == "openapi.json: 1 operations, written for the first time\n"
    assert [p.name for p in tmp_path.iterdir()] == ["openapi.json"]


def test_an_unchanged_document_is_not_touched(serve: Serve, tmp_path: Path, capsys: Any) -> None:
    target = tmp_path / "openapi.json"
    target.write_text(dumps(GOOD), encoding="utf-8")
    before = target.stat().st_mtime_ns
    assert run(target, "--url", serve(json.dumps(GOOD).encode())) == 0
    assert target.stat().st_mtime_ns == before
    assert capsys.readouterr().out == "openapi.json: unchanged\n"


def test_what_changed_is_said_in_a_line_or_two(tmp_path: Path, capsys: Any) -> None:
    target, source = tmp_path / "openapi.json", tmp_path / "new.json"
    target.write_text(dumps(derive_document(GOOD)), encoding="utf-8")
    moved = {"/others": GOOD["paths"]["/things/{id}"]}
    source.write_text(dumps({**GOOD, "paths": moved}), encoding="utf-8")
    assert run(target, "--from", str(source)) == 0
    assert capsys.readouterr().out.splitlines() == [
        "openapi.json: operations +1 -1 ~0; schemas +0 -0 ~0; also changed: info",
        "operations that left: GET /things/{id}",
        "the document that was derived from the reference is replaced by a pulled one",
    ]


def test_a_compressed_answer_and_a_redirect_on_the_same_host_are_followed(
    serve: Serve, tmp_path: Path
) -> None:
    serve(gzip.compress(json.dumps(GOOD).encode()), path="/real.json", Content_Encoding="gzip")
    url = serve(b"", 302, Location="/real.json")
    assert run(tmp_path / "openapi.json", "--url", url) == 0


TEXT = json.dumps(GOOD).encode()
FAULTS: list[tuple[str, bytes, int, dict[str, str], str]] = [
    ("html page", b"<!doctype html>", 200, {"Content_Type": "text/html"}, "an HTML page came"),
    ("html by content", b"\n<html>", 200, {}, "an HTML page came"),
    ("not found", b"{}", 404, {}, "the server answered 404"),
    ("server error", b"{}", 500, {}, "the server answered 500"),
    ("cut short", TEXT[:-20], 200, {}, "it ends in the middle"),
    ("wrong length", TEXT, 200, {"Content_Length": "99999"}, "no complete response"),
    ("empty", b"", 200, {}, "it is empty"),
    ("yaml", b"openapi: 3.0.0\npaths: {}", 200, {}, "it is not JSON (YAML is not read)"),
    ("not utf-8", b'{"a": "\xff"}', 200, {}, "it is not UTF-8"),
    ("nested", b"[" * 100_000, 200, {}, "nested more than 200 deep"),
    ("an array", b"[]", 200, {}, "an object was expected"),
    ("swagger 2", b'{"swagger": "2.0", "paths": {}}', 200, {}, "Swagger 2.0 was found"),
    ("openapi 4", b'{"openapi": "4.0.0", "paths": {}}', 200, {}, "OpenAPI 4.0.0 was found"),
    ("no paths", b'{"openapi": "3.0.0"}', 200, {}, "it has no operations"),
    ("no operations", b'{"openapi": "3.0.0", "paths": {"/a": {}}}', 200, {}, "no operations"),
    (
        "elsewhere",
        b"",
        302,
        {"Location": "http://localhost:9/x.json"},
        "it redirects to http://loc",
    ),
    ("a loop", b"", 302, {"Location": "/openapi.json"}, "more than 5 redirects"),
    ("bad gzip", b"no gzip", 200, {"Content_Encoding": "gzip"}, "its body is not gzip"),
    ("utf-16", TEXT.decode().encode("utf-16"), 200, {}, "it is not UTF-8"),
    ("utf-32", TEXT.decode().encode("utf-32"), 200, {}, "it is not UTF-8"),
    ("a bomb", gzip.compress(bytes(21 * 2**20)), 200, {"Content_Encoding": "gzip"}, "larger than"),
    (
        "a bomb in two layers",
        gzip.compress(gzip.compress(bytes(21 * 2**20))),
        200,
        {"Content_Encoding": "gzip, gzip"},
        "larger than",
    ),
    ("four layers", b"", 200, {"Content_Encoding": "gzip, gzip, gzip, gzip"}, "compressed 4 times"),
    ("unknown", b"x", 200, {"Content_Encoding": "br"}, "gzip or deflate was expected"),
    (
        "half of it",
        gzip.compress(TEXT)[:-9],
        200,
        {"Content_Encoding": "gzip"},
        "incomplete or has a second part",
    ),
]


@pytest.mark.parametrize(
    ("content", "status", "headers", "problem"),
    [fault[1:] for fault in FAULTS],
    ids=[fault[0] for fault in FAULTS],
)
def test_whatever_goes_wrong_leaves_the_old_file(
    serve: Serve,
    target: Path,
    capsys: Any,
    content: bytes,
    status: int,
    headers: dict[str, str],
    problem: str,
) -> None:
    assert run(target, "--url", serve(content, status, **headers)) == 1
    printed = capsys.readouterr().err
    assert problem in printed
    assert "openapi.json was left as it is." in printed
    assert target.read_text(encoding="utf-8") == "the old file"
    assert [p.name for p in target.parent.iterdir()] == ["openapi.json"]


def test_a_document_that_is_too_large_is_not_read_to_its_end(
    serve: Serve, target: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pull, "MAX_BYTES", 1_000)
    bomb = gzip.compress(b" " * 1_000_000)
    assert run(target, "--url", serve(bomb, Content_Encoding="gzip")) == 1
    assert "it is larger than 1,000 bytes" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == "the old file"


@pytest.mark.parametrize("source", ["missing.json", "."])
def test_a_file_that_cannot_be_read_is_reported(source: str, target: Path, capsys: Any) -> None:
    assert run(target, "--from", str(target.parent / source)) == 1
    assert "it cannot be read" in capsys.readouterr().err


def test_a_refused_connection_is_reported(target: Path, capsys: Any) -> None:
    assert run(target, "--url", "http://127.0.0.1:9/openapi.json") == 1
    assert "ConnectError" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == "the old file"


def test_a_write_that_fails_leaves_the_old_file(
    target: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Any
) -> None:
    source = tmp_path / "new.json"
    source.write_text(dumps(GOOD), encoding="utf-8")
    target.write_text(dumps({**GOOD, "x": 1}), encoding="utf-8")
    before = target.read_text(encoding="utf-8")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pull.os, "fsync", full)
    assert run(target, "--from", str(source)) == 1
    assert "No space left" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["new.json", "openapi.json"]


def changed(old: str, new: str) -> bytes:
    """The good document with one piece of its text replaced."""
    text = json.dumps(GOOD)
    assert old in text
    return text.replace(old, new, 1).encode()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(dumps({**GOOD, "paths": {"/a": None}}).encode(), id="a path that is null"),
        pytest.param(
            dumps({**GOOD, "paths": {**GOOD["paths"], "/a": []}}).encode(), id="a path of an array"
        ),
        pytest.param(dumps({**GOOD, "components": None}).encode(), id="components that are null"),
        pytest.param(dumps({**GOOD, "openapi": "3.10.0"}).encode(), id="openapi 3.10"),
        pytest.param(changed('"openapi":', '"x": NaN, "openapi":'), id="NaN is not JSON"),
        pytest.param(changed('"openapi":', '"x": "\\ud800", "openapi":'), id="half a character"),
        pytest.param(changed('"paths": {', '"paths": {}, "paths": {'), id="a key given twice"),
    ],
)
def test_what_could_not_be_written_or_read_back_is_rejected(
    content: bytes, target: Path, tmp_path: Path, capsys: Any
) -> None:
    target.write_text(dumps({**GOOD, "x": 1}), encoding="utf-8")
    before = target.read_bytes()
    source = tmp_path / "new.json"
    source.write_bytes(content)
    assert run(target, "--from", str(source)) == 1
    assert "openapi.json was left as it is." in capsys.readouterr().err
    assert target.read_bytes() == before


@pytest.mark.parametrize(
    "old",
    [b"<<<<<<< HEAD\n{}", b"\xff\xfe\xff", b"[]", b'{"paths": null}', b'{"components": []}'],
    ids=["merge conflict", "not utf-8", "an array", "null paths", "odd components"],
)
def test_an_old_file_that_is_no_document_is_replaced(
    old: bytes, target: Path, tmp_path: Path
) -> None:
    target.write_bytes(old)
    source = tmp_path / "new.json"
    source.write_text(dumps(GOOD), encoding="utf-8")
    assert run(target, "--from", str(source)) == 0
    assert target.read_text(encoding="utf-8") == dumps(GOOD)


@pytest.mark.parametrize("place", ["missing/openapi.json", "."])
def test_a_target_that_cannot_be_written_is_reported(
    place: str, tmp_path: Path, capsys: Any
) -> None:
    source = tmp_path / "new.json"
    source.write_text(dumps(GOOD), encoding="utf-8")
    assert run(tmp_path / place, "--from", str(source)) == 1
    assert "it cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize("status", [302, 304])
def test_a_3xx_that_leads_nowhere_is_reported_as_its_status(
    status: int, serve: Serve, target: Path, capsys: Any
) -> None:
    assert run(target, "--url", serve(b"", status)) == 1
    assert f"the server answered {status}" in capsys.readouterr().err


def test_another_port_is_another_host(serve: Serve, target: Path, capsys: Any) -> None:
    url = serve(b"", 302, Location="http://127.0.0.1:9/openapi.json")
    assert run(target, "--url", url) == 1
    assert "it redirects to http://127.0.0.1:9/" in capsys.readouterr().err


def test_credentials_in_the_url_are_neither_sent_nor_shown(
    serve: Serve, target: Path, capsys: Any
) -> None:
    url = serve(dumps(GOOD).encode()).replace("//", "//someone:hidden-word@")
    assert run(target, "--url", url) == 1
    printed = capsys.readouterr().err
    assert "credentials" in printed
    assert "hidden-word" not in printed


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("info", {"title": "another", "version": "2"}),
        ("components", {**GOOD.get("components", {}), "parameters": {"Page": {}}}),
    ],
)
def test_a_change_elsewhere_is_named(
    part: str, value: Any, tmp_path: Path, target: Path, capsys: Any
) -> None:
    target.write_text(dumps(GOOD), encoding="utf-8")
    source = tmp_path / "new.json"
    source.write_text(dumps({**GOOD, part: value}), encoding="utf-8")
    assert run(target, "--from", str(source)) == 0
    assert part in capsys.readouterr().out


def test_a_large_file_is_rejected_as_a_large_answer_is(
    target: Path, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pull, "MAX_BYTES", 1_000)
    source = tmp_path / "new.json"
    source.write_bytes(b" " * 1_001)
    assert run(target, "--from", str(source)) == 1
    assert "it is larger than 1,000 bytes" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == "the old file"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("HTTP_PROXY", "nonsense://x"),
        ("HTTP_PROXY", "socks5://127.0.0.1:1"),
        ("SSL_CERT_FILE", "/nonexistent"),
    ],
)
def test_a_wrong_environment_is_one_sentence(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(CodegenError) as caught:
        download("http://127.0.0.1:9/openapi.json", deadline=5)
    assert str(caught.value).count("\n") == 1
    assert "check" in str(caught.value)


def test_names_of_the_document_cannot_be_commands_of_a_log(tmp_path: Path, capsys: Any) -> None:
    name = "/a\n::set-output name=severity::none\x1b[2J\u202e"
    source = tmp_path / "new.json"
    source.write_text(json.dumps({"openapi": "3.0.3", "paths": {name: 1}}), encoding="utf-8")
    assert run(tmp_path / "openapi.json", "--from", str(source)) == 1
    shown = capsys.readouterr().err
    assert "::set-output" in shown
    assert not [line for line in shown.splitlines() if line.lstrip().startswith("::")]
    assert "\x1b" not in shown
    assert "\\u202e" in shown
