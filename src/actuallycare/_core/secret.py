"""Credentials that never appear in a repr, str, log line or pickle."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NoReturn, TypeVar, cast
from urllib.parse import quote, quote_plus, unquote_plus

import attrs

from .unset import UNSET

T = TypeVar("T")

_MIN_LENGTH = 4
"""Characters. A shorter value occurs in ordinary words, where replacing it would tell it."""


_CREDENTIAL_NAME = re.compile(
    r"passw|pwd|passphrase|secret|credential|authorization|(api|access|private|signing)[-_]?key"
    r"|\botp\b|\bpin\b|(token|cookie|jwt)s?$",
    re.IGNORECASE,
)
CREDENTIAL_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization", "x-api-key"})
"""Request headers with a credential, in lower case."""
REDACTED = "[redacted]"


class Secret:
    """A credential. Its repr, str and pickle do not contain the value."""

    __slots__ = ("_get",)

    def __init__(self, value: str) -> None:
        # A closure, because some error trackers show the attributes of objects.
        self._get: Callable[[], str] = lambda: value

    def get_secret_value(self) -> str:
        """Return the credential itself. Only transports need it."""
        return self._get()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._get() == self._get()

    def __hash__(self) -> int:
        return hash(self._get())

    def __repr__(self) -> str:
        return "Secret('…')"

    def __reduce__(self) -> NoReturn:
        raise TypeError("credentials cannot be pickled; create a client in the other process")


def wrap_secret(value: T) -> T:
    """Wrap a text argument in a `Secret`, so that no repr shows it; return others unchanged.

    The declared type stays the same, because the value is only ever encoded:
    `unwrap_secret` undoes it there.
    """
    # Bytes too: they cannot be sent, and the error about that must not show them.
    return cast("T", Secret(cast("str", value))) if isinstance(value, (str, bytes)) else value


def unwrap_secret(value: Any) -> Any:
    """Return the value inside a `Secret`, and anything else unchanged."""
    return value.get_secret_value() if isinstance(value, Secret) else value


def find_secrets(value: Any) -> Iterator[Secret]:
    """Yield the secrets in a body: those that `wrap_secret` marked, and fields of a model."""
    if isinstance(value, Secret):
        yield value
    elif isinstance(value, Mapping):
        yield from find_secrets([*cast("Mapping[str, Any]", value).values()])
    elif isinstance(value, (list, tuple)):
        for item in cast("Sequence[Any]", value):
            yield from find_secrets(item)
    else:
        cls = cast("type[attrs.AttrsInstance]", type(value))
        for field in attrs.fields(cls) if attrs.has(cls) else ():
            item = getattr(value, field.name)
            yield from find_secrets(wrap_secret(item) if field.repr is redact else item)


def secret_problem(secret: Secret) -> str | None:
    """Return why a secret cannot be sent as text, without showing it."""
    value: Any = secret.get_secret_value()
    if value is None:
        return None
    if not isinstance(value, str):
        return f"it is {type(value).__name__}; a str was expected"
    try:
        value.encode()
    except UnicodeEncodeError:
        return "it has lone surrogates, which UTF-8 cannot encode"
    return None


def secret_forms(secrets: Iterable[Secret]) -> tuple[str, ...]:
    """Return the texts of the secrets: as they are, as JSON writes them, and as a URL does."""
    forms: set[str] = set()
    for secret in secrets:
        value: Any = secret.get_secret_value()
        if isinstance(value, str) and len(value) >= _MIN_LENGTH:
            forms |= {value, json.dumps(value)[1:-1], quote(value, safe=""), quote_plus(value)}
    return tuple(sorted(forms, key=len, reverse=True))


def replace_forms(text: str, forms: Iterable[str]) -> str:
    """Return a text without the texts from `secret_forms`."""
    for form in forms:
        text = text.replace(form, REDACTED)
    return text


def replace_secrets(text: str, secrets: Iterable[Secret]) -> str:
    """Return a text in which each of the secrets is replaced, in all its forms."""
    return replace_forms(text, secret_forms(secrets))


def is_credential_name(name: str) -> bool:
    """Whether a field, header or parameter with this name contains a credential."""
    return _CREDENTIAL_NAME.search(name) is not None


def wrap_credentials(value: Any, *, named: bool = False) -> Any:
    """Return a JSON value or form whose credentials are wrapped, as the names of fields show.

    `named` is for a value below such a name: each text in it is wrapped.
    """
    if isinstance(value, Mapping):
        return {
            name: wrap_credentials(item, named=named or is_credential_name(str(name)))
            for name, item in cast("Mapping[str, Any]", value).items()
        }
    if isinstance(value, (list, tuple)):
        return [wrap_credentials(item, named=named) for item in cast("Sequence[Any]", value)]
    return wrap_secret(value) if named else value


def redact_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return headers without the values of those whose name says that it is a credential."""
    return {
        name: REDACTED if is_credential_name(name) else value for name, value in headers.items()
    }


def redact_url(url: str) -> str:
    """Return a URL without the values of query parameters whose name says that it is one."""
    address, mark, query = url.partition("?")
    return address + mark + "&".join(map(_redact_parameter, query.split("&")))


def _redact_parameter(parameter: str) -> str:
    name, equals, _ = parameter.partition("=")
    is_credential = equals and is_credential_name(unquote_plus(name))
    return f"{name}={REDACTED}" if is_credential else parameter


def redact(value: Any) -> str:
    """Return the repr of a secret field: whether there is a value, never the value."""
    return repr(value) if value is None or value is UNSET else "'…'"
