"""The fault table: what goes wrong, and how it ends. docs/failures.md shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import actuallycare as ac
from actuallycare.models import Listing
from tests.faults import bad_responses as bad
from tests.faults import servers
from tests.faults.http2 import (
    answer_with_too_long_body,
    answer_with_too_many_headers,
    go_away,
    refuse_stream,
)
from tests.faults.servers import MakePlace, served

ALL = ac.RetryPolicy().max_attempts
ONCE = 1
LIMIT = 100_000
"""`max_response_bytes` of the client that most rows are tried with."""


@dataclass(frozen=True, slots=True)
class End:
    """How a call ends: what it raises (or returns), and after how many attempts."""

    result: type[ac.ActuallyCareError | Listing]
    attempts: int

    def __str__(self) -> str:
        times = "once" if self.attempts == ONCE else f"{self.attempts} times"
        return f"`{self.result.__name__}`, sent {times}"


@dataclass(frozen=True, slots=True)
class Row:
    """One fault."""

    name: str
    place: MakePlace
    get: End
    post: End
    sent: bool = True
    """Whether the request can have reached the server, as the error must report."""
    timeout: float = 10.0
    """Seconds for an attempt."""
    max_bytes: int = LIMIT
    """`max_response_bytes` of the client."""
    status: int | None = None
    """What the error's `status_code` must be."""
    code: str | None = None
    """What the error's `code` must be; its `details` and `error_id` are those of `rejects`."""


SLOW = 0.2
"""Timeout for the servers that are too slow."""


def _lost(name: str, place: MakePlace) -> Row:
    """May have been handled: only what may be sent twice is sent again."""
    error = ac.APIConnectionError
    return Row(name, place, End(error, ALL), End(error, ONCE))


def _late(name: str, place: MakePlace) -> Row:
    error = ac.APITimeoutError
    return Row(name, place, End(error, ALL), End(error, ONCE), timeout=SLOW)


def _unsent(name: str, place: MakePlace) -> Row:
    error = ac.APIConnectionError
    return Row(name, place, End(error, ALL), End(error, ALL), sent=False)


def _once(name: str, place: MakePlace, result: type[ac.ActuallyCareError | Listing]) -> Row:
    return Row(name, place, End(result, ONCE), End(result, ONCE))


def _status(
    status: int,
    error: type[ac.ActuallyCareError],
    name: str = "without an envelope",
    place: MakePlace | None = None,
    *,
    get: int = ONCE,
    post: int = ONCE,
    code: str | None = None,
) -> Row:
    where = place or served(bad.refuses(status) if code is None else bad.rejects(status, code))
    ends = End(error, get), End(error, post)
    return Row(f"{status} {name}", where, *ends, status=status, code=code)


_IN_AN_HOUR = datetime.now(UTC) + timedelta(hours=1)
_UNIX_TIME = f"{_IN_AN_HOUR.timestamp():.0f}"
_BIG = b'{"success": true, "data": {"id": "' + b"a" * 200_000 + b'"}}'

TABLE: tuple[Row, ...] = (
    # Nothing arrives.
    _unsent("Connection refused", servers.nobody_listens),
    Row(
        "Connection that is neither refused nor accepted",
        servers.nobody_accepts,
        End(ac.APITimeoutError, ALL),
        End(ac.APITimeoutError, ALL),
        sent=False,
        timeout=1.0,  # a fifth of it is all that a busy machine may lose between two timers
    ),
    _unsent("Host name that does not resolve", servers.unknown_name),
    _unsent("TLS certificate of an unknown authority", servers.unknown_certificate),
    _unsent("Proxy that refuses (407 to CONNECT)", servers.proxy_refuses),
    _unsent("Proxy that closes the connection after CONNECT", servers.proxy_closes),
    _unsent("Proxy that is down", servers.proxy_is_down),
    _unsent("No file descriptor left in the process", servers.descriptors_are_exhausted),
    _unsent("HTTP/2 GOAWAY before the request", servers.http2_rejects(go_away)),
    _unsent("HTTP/2 stream that the server refuses", servers.http2_rejects(refuse_stream)),
    # The answer is lost.
    _lost("Connection reset before the headers", served(bad.reset_before_headers)),
    _lost("Connection reset inside the headers", served(bad.reset_inside_headers)),
    _lost("Connection reset after the headers", served(bad.reset_after_headers)),
    _lost("Connection closed without an answer", served(bad.closed_without_answer)),
    _lost("Connection closed in mid-body", served(bad.closed_mid_body)),
    _lost("Content-Length longer than the body", served(bad.length_too_long)),
    _lost("Two Content-Lengths that differ", served(bad.two_lengths)),
    _lost("Chunked body cut short", served(bad.chunked_cut_short)),
    _lost("Chunk size that is no number", served(bad.chunk_size_garbled)),
    _lost("Gzip body cut short", served(bad.gzip_cut_short)),
    _lost("Body that claims gzip and is not", served(bad.not_gzip)),
    _lost("Data after the end of a gzip body", served(bad.gzip_and_more)),
    _lost("Encoding that was not asked for", served(bad.zipped(bad.envelope(), "br"))),
    _lost("Body that is encoded twice", served(bad.zipped(bad.envelope(), "gzip, gzip"))),
    _lost("Garbage instead of HTTP", served(bad.garbage)),
    _lost("Header without end", served(bad.endless_header)),
    _lost(
        "HTTP/2 response with too many headers",
        servers.http2_answers(answer_with_too_many_headers),
    ),
    _lost(
        "HTTP/2 body longer than its Content-Length",
        servers.http2_answers(answer_with_too_long_body),
    ),
    _late("No answer within the timeout", served(bad.never_answers)),
    _late("Body that drips past the timeout", served(bad.drips)),
    _late("Endless 103 Early Hints", served(bad.only_informs)),
    # An answer that is not the documented one.
    _once("200 with an HTML page", served(bad.sends(bad.HTML, "text/html")), ac.DecodeError),
    _once("200 with an empty body", served(bad.sends(b"")), ac.DecodeError),
    Row(
        "200 with `success: false`",
        served(bad.says_failure),
        End(ac.APIStatusError, ONCE),
        End(ac.APIStatusError, ONCE),
        status=200,
        code="NOT_READY",
    ),
    _once("200 without `data`", served(bad.sends('{"success": true}')), ac.DecodeError),
    _once("Content-Length shorter than the body", served(bad.length_too_short), ac.DecodeError),
    _once("Invalid UTF-8", served(bad.invalid_utf8), ac.DecodeError),
    _once("NaN", served(bad.sends('{"data": {"id": "1", "list_price": NaN}}')), ac.DecodeError),
    _once(
        "Integer of 5,000 digits",
        served(bad.sends('{"data": {"id": "1", "list_price": ' + "9" * 5_000 + "}}")),
        ac.DecodeError,
    ),
    _once("JSON nested 20,000 deep", served(bad.deeply_nested), ac.DecodeError),
    _once(
        "Duplicate keys (the last one counts)",
        served(bad.sends('{"data": {"id": "1", "id": "2"}}')),
        Listing,
    ),
    _once("Array where the record should be", served(bad.gives([])), ac.DecodeError),
    _once("Null where the record should be", served(bad.gives(None)), ac.DecodeError),
    _once("Record without its `id`", served(bad.gives({})), ac.DecodeError),
    _once(
        "Number where a date should be (the attribute is None)",
        served(bad.gives({"id": "1", "created_at": 7})),
        Listing,
    ),
    _once(
        "Text where a number should be (the attribute is None)",
        served(bad.gives({"id": "1", "bedrooms": "three"})),
        Listing,
    ),
    _once("Body over `max_response_bytes`", served(bad.sends(_BIG)), ac.DecodeError),
    _once("Gzip body of two members (both are read)", served(bad.gzip_in_two_members), Listing),
    _once(
        "Gzip body of members without content", served(bad.gzip_members_of_nothing), ac.DecodeError
    ),
    Row(
        "JSON with more than a million values",
        served(bad.many_values),
        End(ac.DecodeError, ONCE),
        End(ac.DecodeError, ONCE),
        max_bytes=2**24,
    ),
    _once("Gzip bomb", served(bad.zipped(b" " * 20_000_000)), ac.DecodeError),
    # Refusals.
    _status(302, ac.APIStatusError, "to another host", servers.redirects(302)),
    _status(307, ac.APIStatusError, "to another host", servers.redirects(307)),
    _status(
        302,
        ac.APIStatusError,
        "to a URL that cannot be read",
        served(bad.refuses(302, Location="http://[sample")),
    ),
    _status(400, ac.BadRequestError),
    _status(401, ac.AuthenticationError),
    _status(403, ac.PermissionDeniedError),
    _status(404, ac.NotFoundError),
    _status(404, ac.NotFoundError, "in the vendor's envelope", code="NOT_FOUND"),
    _status(408, ac.APIStatusError, get=ALL),
    _status(409, ac.ConflictError),
    _status(418, ac.APIStatusError),
    _status(422, ac.UnprocessableError),
    _status(423, ac.AccountLockedError),
    _status(429, ac.RateLimitError, get=ALL, post=ALL),
    _status(
        429,
        ac.RateLimitError,
        "with a Retry-After that is longer than `max_wait`",
        served(bad.refuses(429, Retry_After="900")),
    ),
    _status(
        429,
        ac.RateLimitError,
        "with two Retry-After, of which one is longer than `max_wait`",
        served(bad.two_retry_after),
    ),
    _status(
        429,
        ac.RateLimitError,
        "with two RateLimit-Reset, of which one is later than `max_wait`",
        served(bad.two_resets),
    ),
    _status(
        429,
        ac.RateLimitError,
        "with a Retry-After date that has an invalid day name",
        served(bad.refuses(429, Retry_After=f"Xyz, {_IN_AN_HOUR:%d %b %Y %H:%M:%S} GMT")),
    ),
    _status(
        429,
        ac.RateLimitError,
        "with an X-RateLimit-Reset that is a Unix time",
        served(
            bad.refuses(
                429, X_RateLimit_Remaining="0", X_RateLimit_Reset=f"{_IN_AN_HOUR.timestamp():.0f}"
            )
        ),
    ),
    _status(
        429,
        ac.RateLimitError,
        "and a second response behind it, which answers no later attempt",
        served(bad.second_response),
        get=ALL,
        post=ALL,
    ),
    _status(407, ac.APIStatusError, "of a proxy for an http URL", servers.proxy_asks_for_a_login),
    _status(
        429,
        ac.RateLimitError,
        "with a RateLimit whose reset is later than `max_wait`",
        served(bad.refuses(429, RateLimit='"default";r=0;t=900')),
    ),
    _status(500, ac.ServerError),
    _status(503, ac.ServerError, "in the vendor's envelope", get=ALL, code="SERVER_ERROR"),
    _status(
        503,
        ac.ServerError,
        "with a Retry-After that is negative, absurd or past",
        served(bad.refuses(503, Retry_After="-1, 99999999999, Thu, 01 Jan 2026 00:00:00 GMT")),
        get=ALL,
    ),
    _status(502, ac.ServerError, get=ALL),
    _status(503, ac.ServerError, get=ALL),
    _status(
        503,
        ac.ServerError,
        "with a body over `max_response_bytes`",
        served(bad.refuses(503, _BIG)),
        get=ALL,
    ),
    _status(504, ac.ServerError, get=ALL),
    _status(520, ac.ServerError),
    _status(561, ac.ServerError),
    _status(
        502,
        ac.ServerError,
        "of nginx before a stopped back end",
        servers.nginx("proxy_pass http://127.0.0.1:{stopped};"),
        get=ALL,
    ),
    _status(
        503,
        ac.ServerError,
        "of nginx's limit_req",
        servers.nginx("limit_req zone=one; try_files /none =404;", warm=True),
        get=ALL,
    ),
    _status(
        429,
        ac.RateLimitError,
        "of nginx's limit_req (no Retry-After)",
        servers.nginx("limit_req zone=one; limit_req_status 429; try_files /none =404;", warm=True),
        get=ALL,
        post=ALL,
    ),
)


def as_markdown() -> str:
    """The table as docs/failures.md shows it."""
    lines = ["| What goes wrong | GET | POST |", "| --- | --- | --- |"]
    lines += [f"| {row.name} | {row.get} | {row.post} |" for row in TABLE]
    return "\n".join(lines) + "\n"
