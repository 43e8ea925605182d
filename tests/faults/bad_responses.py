"""Bad responses for the fault server, one function each."""

from __future__ import annotations

import gzip
import json
from typing import Any

from actuallycare_sandbox import Settings
from actuallycare_sandbox.dialects.dialect import DIALECTS
from tests.faults.fault_server import Connection, Fault

DIALECT = DIALECTS[Settings().dialect]
"""How envelopes are written: as published, or as an older back end did (`pytest --dialect`)."""
RECORD: dict[str, Any] = {
    "id": "8f0b5a52-0000-4000-8000-000000000001",
    "address": "1 Sample St",
    "list_price": 425_000,
}
HTML = b"<html><head><title>Sample</title></head><body><h1>It works</h1></body></html>"

REASONS = {200: "OK", 302: "Found", 307: "Temporary Redirect", 429: "Too Many Requests"}


def response(
    body: bytes, status: int = 200, kind: str = "application/json", **headers: str
) -> bytes:
    """A whole response. Header names are written with `_` for `-`."""
    shown = {"Content_Type": kind, "Content_Length": str(len(body)), **headers}
    lines = [f"HTTP/1.1 {status} {REASONS.get(status, 'Sample')}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in shown.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def envelope(data: Any = RECORD) -> bytes:
    """A success envelope."""
    body = {"success": True, "data": data}
    return json.dumps(DIALECT.succeed("GET /listings/{id}", body)).encode()


def error_envelope(code: str, message: str = "Sample") -> bytes:
    """An error envelope."""
    error = {"code": code, "message": message, "details": {"reason": "sample"}}
    return json.dumps(DIALECT.fail({"success": False, "error": error, "errorId": "s-1"})).encode()


WHOLE = response(envelope())
CUT = len(WHOLE) - 20


def answers(data: bytes, *, keep: bool = False) -> Fault:
    """Sends these bytes, whatever is asked, and closes unless `keep`."""

    def fault(connection: Connection) -> bool:
        connection.send(data)
        return keep

    return fault


works = answers(WHOLE, keep=True)


def reset_before_headers(connection: Connection) -> None:
    connection.reset()


def reset_inside_headers(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Ty")
    connection.pause(0.01)  # else the reset overtakes what was sent
    connection.reset()


def reset_after_headers(connection: Connection) -> None:
    connection.send(WHOLE.partition(b"\r\n\r\n")[0] + b"\r\n\r\n")
    connection.pause(0.01)
    connection.reset()


closed_without_answer = answers(b"")
closed_mid_body = answers(WHOLE[:CUT])
length_too_long = answers(WHOLE.replace(b"Content-Length: ", b"Content-Length: 9"))
length_too_short = answers(response(envelope(), Content_Length="20"))
two_lengths = answers(WHOLE.replace(b"\r\n\r\n", b"\r\nContent-Length: 7\r\n\r\n", 1))
chunked_cut_short = answers(
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    b'14\r\n{"success":true,"dat\r\n'
)
chunk_size_garbled = answers(
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnone\r\n{}\r\n0\r\n\r\n"
)
garbage = answers(b"\x00\xff\x15\x03 this is not HTTP\r\n\r\n")
endless_header = answers(b"HTTP/1.1 200 OK\r\nX-Sample: " + b"a" * 200_000)


def never_answers(connection: Connection) -> None:
    connection.pause(5)


def drips(connection: Connection) -> None:
    """Each byte comes in time; all of them would take minutes."""
    connection.send(WHOLE[:CUT])
    while connection.pause(0.02):
        connection.send(b" ")


def only_informs(connection: Connection) -> None:
    """103 Early Hints, for ever."""
    while connection.pause(0.02):
        connection.send(b"HTTP/1.1 103 Early Hints\r\n\r\n")


def refuses(
    status: int, body: bytes = b"Sample", kind: str = "text/plain", **headers: str
) -> Fault:
    """An error status that is not in the vendor's envelope."""
    return answers(response(body, status, kind, **headers), keep=True)


def sends(body: bytes | str, kind: str = "application/json", **headers: str) -> Fault:
    """A 200 with this body."""
    content = body.encode() if isinstance(body, str) else body
    return answers(response(content, 200, kind, **headers), keep=True)


def gives(data: Any) -> Fault:
    """A 200 whose envelope contains `data`."""
    return sends(envelope(data))


def zipped(body: bytes, encoding: str = "gzip") -> Fault:
    """A 200 with a compressed body."""
    return sends(gzip.compress(body), Content_Encoding=encoding)


def rejects(status: int, code: str) -> Fault:
    """An error status in the vendor's envelope."""
    return refuses(status, error_envelope(code), "application/json")


says_failure = sends(error_envelope("NOT_READY", "The record is being made"))
invalid_utf8 = sends(b'{"success": true, "data": {"id": "\xff\xfe"}}')
deeply_nested = sends('{"success": true, "data": ' + "[" * 20_000 + "]" * 20_000 + "}")
gzip_cut_short = sends(gzip.compress(envelope())[:-12], Content_Encoding="gzip")
gzip_in_two_members = sends(
    gzip.compress(envelope()[:20]) + gzip.compress(envelope()[20:]), Content_Encoding="gzip"
)
gzip_and_more = sends(gzip.compress(envelope()) + b"\0" * 50_000, Content_Encoding="gzip")
gzip_members_of_nothing = sends(
    gzip.compress(envelope()) + gzip.compress(b"") * 20_000, Content_Encoding="gzip"
)
second_response = answers(
    response(b"Sample", 429, "text/plain", Retry_After="0") + WHOLE, keep=True
)
two_retry_after = answers(
    response(b"", 429, Retry_After="0").replace(b"\r\n\r\n", b"\r\nRetry-After: 900\r\n\r\n"),
    keep=True,
)
two_resets = answers(
    response(b"", 429, RateLimit_Reset="0").replace(
        b"\r\n\r\n", b"\r\nRateLimit-Reset: 900\r\n\r\n"
    ),
    keep=True,
)
many_values = sends(b"[" + b"[]," * 1_200_000 + b"1]")
not_gzip = sends(envelope(), Content_Encoding="gzip")
