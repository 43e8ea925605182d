"""`client.request`, `request_raw` and `pages`: operations that the document does not describe."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypedDict, TypeVar, Unpack, cast, overload
from urllib.parse import parse_qs, quote, urlsplit

from .call_options import CallOptions, check_names, expand_signature
from .cast_to import identity, reader_of
from .envelope.decode import decode, strip_traceback
from .envelope.unwrap import documented_or_whole
from .errors import ConfigurationError
from .extras import check_headers, check_mapping
from .http import Exchange
from .json_value import is_object
from .operation import Call, Operation, RequestBody, ResponseKind, Scheme
from .pagination.custom import CustomPager
from .pagination.pager import Pager, with_client_query
from .response import APIResponse, make_response
from .secret import find_secrets, wrap_credentials
from .sender import Sender
from .serialize import JsonBody, name_errors
from .settings import validate_text
from .timeout import Timeout
from .unset import UNSET

T = TypeVar("T")

_METHOD = re.compile(r"[A-Z]+")
_SENSITIVE = frozenset({"auth", "api-keys", "webhooks"})
"""First path segments of operations whose bodies may contain credentials."""
_VALUE = re.compile(r"(?!v\d+$).*[\d@%]")
"""A path segment that looks like a value, such as an id, rather than like a name."""
_SCHEMES: dict[str | None, tuple[Scheme, ...]] = {
    None: ("key", "bearer"),
    "key": ("key",),
    "bearer": ("bearer",),
    "none": (),
}


class RequestOptions(TypedDict, total=False):
    """Keyword arguments of `client.request`, `request_raw` and `pages`."""

    params: Mapping[str, Any] | None
    """Query parameters; sequences are repeated, None is left out."""
    json: Any
    """Body to send as JSON: dicts, lists, models, dates."""
    data: Mapping[str, Any] | bytes | str | None
    """Fields of a form, or the body itself."""
    files: Mapping[str, Any] | None
    """`File`s of a `multipart/form-data` body, with `data` as its other fields."""
    headers: Mapping[str, str | None] | None
    """Headers to add or replace; None removes one. Not for credentials."""
    timeout: Timeout | None
    """Seconds for each attempt; None for no limit."""
    auth: Literal["key", "bearer", "none"] | None
    """The credential to send. Default: the API key, or the token if there is none."""


_NAMES = frozenset(RequestOptions.__annotations__)


class CustomRequests:
    """The methods of a client for operations that the document does not describe."""

    _sender: Sender

    @overload
    async def request(
        self, method: str, path: str, *, cast_to: None = None, **options: Unpack[RequestOptions]
    ) -> Any: ...
    @overload
    async def request(
        self,
        method: str,
        path: str,
        *,
        cast_to: type[T] | Callable[[Any], T],
        **options: Unpack[RequestOptions],
    ) -> T: ...
    async def request(
        self, method: str, path: str, *, cast_to: Any = None, **options: Unpack[RequestOptions]
    ) -> Any:
        """Send a request that the SDK has no method for, and return its payload.

        Authentication, rate limit, retries, envelope and errors are those of every call. GET, HEAD,
        PUT and DELETE count as idempotent::

            await client.request("GET", "/open-houses", params={"page": 2})
            await client.request("GET", "/listings/featured", cast_to=list[models.Listing])

        Args:
            method: `GET`, `POST` and so on.
            path: below the base URL, such as `/open-houses/7`. It may have a query.
            cast_to: how to read the payload: a model of this SDK or of pydantic, a list or dict of
                those, `X | None` of one of these, or a function. `bytes` and `str` return the body
                itself. Default: the payload as parsed JSON; text when it is not JSON; None when the
                body is empty.
            options: see `RequestOptions`.

        Raises:
            ConfigurationError: the path leads to another server, or an option is invalid.
            ActuallyCareError: what every call raises.
        """
        call = custom_call(method, path, options, cast_to=cast_to)
        del options  # a traceback with locals must not show it
        read = _reader(cast_to)  # before anything is sent, as cast_to may be invalid
        return _read(await self._sender.send(call), call, read)

    @overload
    async def request_raw(
        self, method: str, path: str, *, cast_to: None = None, **options: Unpack[RequestOptions]
    ) -> APIResponse[Any]: ...
    @overload
    async def request_raw(
        self,
        method: str,
        path: str,
        *,
        cast_to: type[T] | Callable[[Any], T],
        **options: Unpack[RequestOptions],
    ) -> APIResponse[T]: ...
    async def request_raw(
        self, method: str, path: str, *, cast_to: Any = None, **options: Unpack[RequestOptions]
    ) -> APIResponse[Any]:
        """Send a request as `request` does; return its payload with status and headers."""
        call = custom_call(method, path, options, cast_to=cast_to, function="request_raw")
        del options  # a traceback with locals must not show it
        read = _reader(cast_to)  # before anything is sent, as cast_to may be invalid
        exchange = await self._sender.send(call)
        return make_response(_read(exchange, call, read), exchange)

    @overload
    def pages(
        self,
        path: str,
        *,
        items: str | None = None,
        cast_to: None = None,
        **options: Unpack[RequestOptions],
    ) -> Pager[Any]: ...
    @overload
    def pages(
        self,
        path: str,
        *,
        items: str | None = None,
        cast_to: type[T] | Callable[[Any], T],
        **options: Unpack[RequestOptions],
    ) -> Pager[T]: ...
    def pages(
        self,
        path: str,
        *,
        items: str | None = None,
        cast_to: Any = None,
        **options: Unpack[RequestOptions],
    ) -> Pager[Any]:
        """Return a pager for a list that the SDK has no method for::

            async for house in client.pages("/open-houses", params={"city": "Pasadena"}): ...

        The list must take the parameter `page`, as every list of the API does.

        Args:
            path: see `request`.
            items: name of the array in the payload. Default: the only array there.
            cast_to: how to read one item; see `request`.
            options: see `RequestOptions`.
        """
        call = custom_call("GET", path, options, function="pages")
        if items is not None:
            validate_text("items", items)
        read = _reader(cast_to)
        return CustomPager(self._sender, with_client_query(call, self._sender), read, items)


for _method in (CustomRequests.request, CustomRequests.request_raw, CustomRequests.pages):
    expand_signature(_method, RequestOptions)


def custom_call(
    method: str,
    path: str,
    options: RequestOptions,
    *,
    cast_to: Any = None,
    function: str = "request",
) -> Call:
    """Return the call for a request of the caller; ConfigurationError when it is invalid."""
    check_names(options, function, _NAMES)
    method = validate_text("method", method).upper()
    if not _METHOD.fullmatch(method):
        raise ConfigurationError(f"method is {method!r:.80}; GET, POST and so on were expected.")
    path, params = split_path(path)
    auth: Any = options.get("auth")
    if not (auth is None or isinstance(auth, str)) or auth not in _SCHEMES:
        raise ConfigurationError(f"auth is {auth!r:.80}; 'key', 'bearer' or 'none' was expected.")
    kind: ResponseKind = "bytes" if cast_to is bytes else "text" if cast_to is str else "any"
    body = name_errors("request", lambda: _body(options))
    has_credentials = name_errors("request", lambda: any(True for _ in find_secrets(body)))
    operation = Operation(
        "request",
        method,
        _template(path),
        kind=kind,
        auth=_SCHEMES[auth],
        sensitive=has_credentials or path.split("/")[1] in _SENSITIVE,
        accept="*/*" if cast_to in (bytes, str) else "application/json",
    )
    headers = check_headers("headers", options.get("headers"))
    call_options = CallOptions(extra_headers=headers)
    if "timeout" in options:
        call_options["timeout"] = options["timeout"]
    params.update(check_mapping("params", options.get("params")))
    return Call(operation, path, params=params, body=body, options=call_options)


def split_path(path: str) -> tuple[str, dict[str, Any]]:
    """Return the encoded path and the query parameters of a path below the base URL.

    Raises ConfigurationError for everything that would address another server, or something
    outside the base URL: an absolute URL, `//`, and dot segments (RFC 3986 section 5.2.4).
    """
    problem = _path_problem(path)
    if problem is not None:
        raise ConfigurationError(
            f"The path {path!r:.200} cannot be requested: {problem}. Pass a path below base_url, "
            "such as '/open-houses'; for another server, make another client."
        )
    parts = urlsplit(path)
    query = parse_qs(parts.query, keep_blank_values=True)
    params = {name: v if len(v) > 1 else v[0] for name, v in query.items()}
    return "/" + "/".join(_segments(parts.path)), params


def _path_problem(path: object) -> str | None:
    if not isinstance(path, str):
        return f"it is a {type(path).__name__}, not a str"
    if not path.isprintable():
        return "it has a control character"
    try:
        parts = urlsplit(path)
    except ValueError:
        return "it cannot be read as a URL"
    if parts.scheme or parts.netloc or path.startswith(("//", "\\")):
        return "it has a scheme or a host"
    if parts.fragment:
        return "it has a fragment"
    segments = _segments(parts.path)
    if any(s.lower().replace("%2e", ".") in (".", "..") for s in segments):
        return "it has a dot segment"
    return "it is empty" if segments == [""] else None


def _segments(path: str) -> list[str]:
    return quote(path, safe="/%:@!$&'()*+,;=~").removeprefix("/").split("/")


def _template(path: str) -> str:
    """Return a path for logs and traces: without the values in it."""
    return "/".join("{…}" if _VALUE.match(segment) else segment for segment in path.split("/"))


def _body(options: RequestOptions) -> RequestBody | None:
    json = wrap_credentials(options.get("json"))
    data = wrap_credentials(options.get("data"))
    files = options.get("files")
    if json is not None:
        if data is not None or files is not None:
            raise ConfigurationError("Pass json, or data and files, not both.")
        return JsonBody(json)
    if files is not None:
        from .bodies.multipart import MultipartBody

        if data is not None and not is_object(data):
            raise ConfigurationError("data is the other fields beside files: pass a mapping.")
        _check_files(files)
        for name in (data or {}).keys() & files.keys():
            raise ConfigurationError(
                f"{name!r:.80} is a field of data and of files, so one would be lost. Rename one."
            )
        return MultipartBody({**(data or {}), **files})
    if data is None:
        return None
    if is_object(data):
        from .bodies.form import FormBody

        return FormBody(data)
    from .bodies.raw import RawBody

    if isinstance(data, (str, bytes)):
        return RawBody(data.encode() if isinstance(data, str) else data)
    raise ConfigurationError(
        f"data is {type(data).__name__}; a mapping, bytes or str was expected."
    )


def _check_files(files: object) -> None:
    from .bodies.multipart import File

    for name, value in check_mapping("files", files).items():
        values = cast("list[Any]", value) if isinstance(value, (list, tuple)) else [value]
        for item in values:
            if item is not None and item is not UNSET and not isinstance(item, File):
                raise ConfigurationError(
                    f"files: {name!r:.80} is a {type(item).__name__}; a File was expected, such as "
                    "File(content, name='plan.pdf')."
                )


def _reader(cast_to: Any) -> Callable[[Any], Any]:
    return identity if cast_to is None else reader_of(cast_to)


def _read(exchange: Exchange, call: Call, read: Callable[[Any], Any]) -> Any:
    operation = exchange.protected(call.operation)
    if operation.kind in ("bytes", "text"):
        content = exchange.response.content
        return content if operation.kind == "bytes" else content.decode("utf-8", "replace")
    payload = documented_or_whole(exchange.body)
    at = "" if payload is exchange.body else "data"
    return strip_traceback(
        lambda: decode(
            read,
            payload,
            operation=operation.name,
            at=at,
            sensitive=operation.sensitive,
            policy=exchange.decode_policy,
        )
    )
