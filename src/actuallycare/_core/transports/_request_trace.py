"""Find out, from what httpcore reports, whether a request can have reached the server."""

from __future__ import annotations

from typing import Any

from .pool import PooledConnection


class RequestTrace:
    """What httpcore reports while it sends one request.

    https://www.encode.io/httpcore/extensions/#trace
    """

    __slots__ = ("_connection", "may_have_arrived", "stream_id")

    def __init__(self) -> None:
        self._connection: PooledConnection | None = None
        self.may_have_arrived: bool | None = None
        """Whether bytes of the request have been sent; None when nothing was reported, as by mocks
        and other transports."""
        self.stream_id: int | None = None
        """Number of the HTTP/2 stream; None with HTTP/1.1."""

    def use(self, connection: PooledConnection) -> None:
        """Note in this connection which network streams and which TLS layer are opened for it."""
        self._connection = connection

    async def __call__(self, name: str, info: dict[str, Any]) -> None:
        prefix, _, stage = name.rpartition(".")
        step = prefix.rpartition(".")[2]
        if step in ("connect_tcp", "connect_unix_socket"):
            if stage == "started":
                self.may_have_arrived = False  # an earlier connection did not take the request
            elif stage == "complete" and self._connection is not None:
                self._connection.streams.append(info["return_value"])
                self._connection.tls = None
        elif step == "start_tls":
            if stage == "complete" and self._connection is not None:
                # Not after each response: anyio collects all attributes of the socket to find it.
                self._connection.tls = info["return_value"].get_extra_info("ssl_object")
        elif step == "send_request_headers":
            if stage == "started":
                # CONNECT goes to the proxy only.
                self.may_have_arrived = info["request"].method != b"CONNECT"
                self.stream_id = info.get("stream_id")
            elif stage == "failed" and _is_protocol_error(info["exception"]):
                self.may_have_arrived = False  # h11 or h2 rejected the headers


def _is_protocol_error(error: BaseException) -> bool:
    """Return whether h11 or h2 raised this, before anything was written."""
    return any(
        cls.__name__ in ("LocalProtocolError", "ProtocolError") for cls in type(error).__mro__
    )


def is_unprocessed(error: Exception, stream_id: int | None) -> bool:
    """Return whether an HTTP/2 server has reported that it did not process the request.

    RFC 9113 section 8.7: with a GOAWAY frame for lower streams, or by refusing the stream.
    """
    arguments = () if error.__cause__ is None else error.__cause__.args
    event: Any = arguments[0] if arguments else None  # of h2
    last_stream_id = getattr(event, "last_stream_id", None)
    if last_stream_id is not None:
        return stream_id is not None and stream_id > last_stream_id
    return getattr(event, "error_code", None) == _REFUSED_STREAM


_REFUSED_STREAM = 7
"""RFC 9113 section 7."""
