"""The parts of a client, made from its arguments."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from attrs import evolve

from ._core.auth.credentials import (
    CallableSource,
    CredentialProvider,
    Credentials,
    CredentialSource,
    FixedSource,
    check_api_key,
    check_token,
    contains_api_key,
)
from ._core.auth.login import Login, LoginTokenSource
from ._core.auth.tokens import TokenProvider, TokenStore
from ._core.clock import Clock
from ._core.errors import ConfigurationError
from ._core.extras import add_headers, check_headers, check_mapping, present
from ._core.json_value import is_object
from ._core.logs import logger
from ._core.retry.rate_limiter import RateLimiter
from ._core.secret import Secret, secret_problem
from ._core.semaphore import RequestSemaphore
from ._core.sender import Sender
from ._core.serialize import encode_query, name_errors
from ._core.settings import (
    shown,
    validate_callback,
    validate_clock,
    validate_limit,
    validate_methods,
    validate_text,
)
from ._core.transports import Transport, TransportName
from ._version import __version__
from .api import BASE_URL

if TYPE_CHECKING:
    import httpx
    import httpx2

    from ._core.instrumentation import Instrumentation

PRODUCT = f"actuallycare-python/{__version__}"
"""The name of the SDK in the User-Agent."""


def from_environment(name: str) -> str | None:
    """Return a variable of the environment without white space; None when it is empty."""
    # A function, because some error trackers show what a line names: here all variables.
    return os.environ.get(name, "").strip() or None


def base_url_problem(text: object) -> str | None:
    """Return what is wrong with a base URL, without showing it; None if it is valid."""
    expected = f"expected an absolute URL such as {BASE_URL}"
    if not isinstance(text, str):
        return f"base_url is a {type(text).__qualname__}; {expected}."
    text = text.strip()  # files and environment variables often end with a newline
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return f"base_url cannot be read as a URL; {expected}."
    if contains_api_key(text):
        return f"base_url contains an API key; pass it as api_key=, and as base_url {expected}."
    if "@" in parts.netloc:
        return "base_url contains a user name or password; pass api_key= instead."
    if parts.scheme not in ("http", "https"):
        return f"base_url does not start with http:// or https://; {expected}."
    if not parts.hostname:
        return f"base_url has no host name; {expected}."
    if "?" in text or "#" in text:  # an empty query too: the path of a call would be part of it
        return f"base_url has a query or a fragment; {expected}."
    if any(character.isspace() or not character.isprintable() for character in text):
        return f"base_url contains white space; {expected}."
    return None


def check_base_url(text: str) -> str:
    """Return the base URL without a trailing slash; ConfigurationError when it is invalid."""
    problem = base_url_problem(text)
    if problem is not None:
        del text  # it may be a key by mistake
        raise ConfigurationError(problem)
    return text.strip().rstrip("/")


def check_services(rate_limiter: RateLimiter | None, clock: Clock | None) -> None:
    """Raise ConfigurationError unless these arguments have what the SDK calls."""
    validate_methods("rate_limiter", rate_limiter, ("acquire", "release"), "a Pacer()")
    validate_clock(clock)


def check_callbacks(**callbacks: object) -> None:
    """Raise ConfigurationError unless each of these arguments is a function or None."""
    for name, callback in callbacks.items():
        if callback is not None:
            validate_callback(name, callback)


def make_semaphore(size: int | None) -> RequestSemaphore | None:
    """Return what limits the requests in flight; None for no limit."""
    size = validate_limit("max_concurrency", size)
    return None if size is None else RequestSemaphore(size)


def make_credentials(
    key: str | CredentialProvider | None,
    token: str | Login | TokenProvider | None,
    store: TokenStore | None,
    sender: Sender,
) -> Credentials:
    """Return the credentials of a client; `sender` sends the calls of a login.

    A key or token that is a str has been wrapped by `wrap_secret`.
    """
    validate_methods("token_store", store, ("load", "save"), "a TokenStore")
    if store is not None and not isinstance(token, Login):
        raise ConfigurationError(
            "token_store keeps the tokens of a login: pass token=Login(email, password) too."
        )
    tokens: CredentialSource | None
    if isinstance(token, Login):
        _check_login(token)
        login_sender = evolve(sender, for_login=True)
        tokens = LoginTokenSource(token, login_sender.send, sender.clock, store)
    else:
        tokens = _source("token", token, check_token)
    return Credentials(_source("api_key", key, check_api_key), tokens)


def _check_login(login: Login) -> None:
    """Raise ConfigurationError unless a login has an address and a password that can be sent."""
    validate_text("Login: email", login.email)
    problem = secret_problem(login.password)
    if problem is None and not login.password.get_secret_value():
        problem = "it is empty"
    if problem is not None:
        raise ConfigurationError(f"Login: password: {problem}.")
    if not login.email.strip():
        raise ConfigurationError("Login: email is empty; an email address was expected.")


def _source(setting: str, value: Any, check: Callable[[Secret], Secret]) -> CredentialSource | None:
    if isinstance(value, Secret):
        return FixedSource(check(value))
    if value is None:
        return None
    if isinstance(value, type) or not callable(value):
        raise ConfigurationError(
            f"{setting} is {shown(value)}; a str or a function that returns one was expected."
        )
    provider: Any = value
    return CallableSource(setting, provider, check)


def user_agent(app_info: str | None, http_client: Any = None) -> str:
    """Return the User-Agent: that of the caller's HTTP client, the SDK's, then `app_info`."""
    headers: object = getattr(http_client, "headers", None)
    own = str(headers.get("User-Agent", "")) if is_object(headers) else ""
    info = "" if app_info is None else validate_text("app_info", app_info).strip()
    check_headers("app_info", {"User-Agent": info})
    check_headers("http_client", {"User-Agent": own})
    parts = ["" if own.startswith("python-httpx") else own, PRODUCT, info]
    return " ".join(part for part in parts if part)


def with_headers(
    headers: Mapping[str, str], setting: str, changes: Mapping[str, str | None] | None
) -> dict[str, str]:
    """Return the headers with the checked ones of a setting added or replaced."""
    merged = dict(headers)
    if changes is not None:
        check_headers(setting, changes)
        add_headers(merged, changes)
    return merged


def with_query(
    query: Mapping[str, Any], setting: str, changes: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return the query parameters with those of a setting added or replaced."""
    added = check_mapping(setting, changes)
    name_errors(setting, lambda: encode_query(added))
    return present({**query, **added})


def make_transport(
    chosen: Transport | TransportName | None, client: httpx.AsyncClient | httpx2.AsyncClient | None
) -> Transport:
    """Return the transport for the arguments `transport` and `http_client`."""
    if client is not None and chosen is not None:
        raise ConfigurationError("Pass http_client or transport, not both.")
    if chosen is not None and not isinstance(chosen, str):
        expected = "'httpx', 'httpx2', 'aiohttp' or a Transport, such as AiohttpTransport(session),"
        validate_methods("transport", chosen, ("send", "aclose"), expected)
        if any(name.endswith(".AsyncClient") for name in _names(chosen)):
            raise ConfigurationError("transport is an AsyncClient: pass it as http_client=.")
        return chosen
    if getattr(client, "is_closed", False) is True:
        raise ConfigurationError(
            "http_client is closed; one that is open was expected. Close it after this client."
        )
    name = chosen if chosen is not None else "httpx" if client is None else _library(client)
    # Imported here: a program loads only the HTTP library that it sends with.
    try:
        if name == "aiohttp":
            from ._core.transports.aiohttp import AiohttpTransport

            return AiohttpTransport()
        if name == "httpx2":
            from ._core.transports.httpx2 import Httpx2Transport

            return Httpx2Transport(cast("httpx2.AsyncClient | None", client))
    except ImportError as error:
        raise ConfigurationError(
            f"transport={name!r} cannot be used ({error}); pip install 'actuallycare[{name}]'"
        ) from None
    if name != "httpx":
        raise ConfigurationError(
            f"transport is {name!r}; 'httpx', 'httpx2', 'aiohttp' or a Transport was expected."
        )
    from ._core.transports.httpx import HttpxTransport

    return HttpxTransport(cast("httpx.AsyncClient | None", client))


def _library(client: object) -> str:
    """Return the library of an `AsyncClient`; ConfigurationError for anything else."""
    names = _names(client)
    for library in ("httpx", "httpx2"):
        if f"{library}.AsyncClient" in names:
            return library
    if names & {"httpx.Client", "httpx2.Client"}:
        raise ConfigurationError("http_client is a blocking Client: pass an httpx.AsyncClient.")
    if "aiohttp.ClientSession" in names:
        raise ConfigurationError(
            "http_client is an aiohttp.ClientSession: pass transport=AiohttpTransport(session)."
        )
    raise ConfigurationError(
        f"http_client is a {type(client).__qualname__}; an httpx.AsyncClient or an "
        "httpx2.AsyncClient was expected."
    )


def _names(value: object) -> set[str]:
    """Return the names of the class of a value and of its bases, such as `httpx.AsyncClient`."""
    # `__class__`, because a mock reports there what it replaces.
    bases = value.__class__.__mro__
    return {f"{base.__module__.partition('.')[0]}.{base.__name__}" for base in bases}


def make_instrumentation(telemetry: Instrumentation | bool | None) -> Instrumentation | None:
    """Return what traces the calls of a client, for its argument `telemetry`."""
    if telemetry is False:
        return None
    if telemetry is not None and telemetry is not True:
        expected = "True, False or an OpenTelemetry()"
        validate_methods("telemetry", telemetry, ("start_call",), expected)
        return telemetry
    try:
        instrumentation = _open_telemetry()
    except Exception as error:
        reason = f"{type(error).__name__}: {error}".removesuffix(": ")
        if telemetry:
            raise ConfigurationError(
                f"telemetry=True cannot be used: OpenTelemetry does not start ({reason}). Correct "
                "its settings, such as OTEL_PROPAGATORS in the environment."
            ) from None
        # On by default: a mistake in the settings of OpenTelemetry must not prevent calls.
        logger.warning("telemetry is off: OpenTelemetry does not start (%s)", reason)
        return None
    if instrumentation is None and telemetry:
        raise ConfigurationError(
            "telemetry=True needs opentelemetry-api, which is not installed: "
            "pip install 'actuallycare[otel]'."
        )
    return instrumentation


@cache
def _open_telemetry() -> Instrumentation | None:
    # Imported with the first client, not with the package: it takes about a tenth as long.
    try:
        from .telemetry import default_instrumentation
    except ImportError as error:
        if (error.name or "").split(".")[0] != "opentelemetry":
            raise
        return None
    return default_instrumentation()
