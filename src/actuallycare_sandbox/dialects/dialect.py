"""A dialect as a value: the functions that rewrite the document and the bodies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from attrs import frozen

from . import older

DialectName = Literal["published", "older"]
"""`published` follows the vendor's pages, `older` an older public version of the back end."""

Body = dict[str, Any]


def _unchanged(value: Any) -> Any:
    return value


def _success(_: str, body: Body) -> Body:
    return body


def _no_cookies(_: str, __: Mapping[str, Any]) -> dict[str, str]:
    return {}


@frozen
class Dialect:
    """How one version of the API writes what this sandbox means."""

    name: DialectName
    """The name in the settings and on the command line."""
    extend: Callable[[Mapping[str, Any]], Mapping[str, Any]] = _unchanged
    """Returns the document with the routes and values that only this dialect has."""
    describe: Callable[[Mapping[str, Any]], Mapping[str, Any]] = _unchanged
    """Returns the document to publish: the one that fits the bodies below."""
    receive: Callable[[Any], Any] = _unchanged
    """Returns a request body as it is stored."""
    succeed: Callable[[str, Body], Body] = _success
    """Returns the body of a 2xx of an operation, such as `GET /listings`."""
    cookies: Callable[[str, Mapping[str, Any]], Mapping[str, str]] = _no_cookies
    """Returns the cookies that belong to the body of a 2xx."""
    fail: Callable[[Body], Body] = _unchanged
    """Returns the body of an error."""
    deliver: Callable[[Body], Body] = _unchanged
    """Returns the body of a webhook delivery."""
    retry_seconds: tuple[float, ...] = (60.0, 300.0, 1_800.0)
    """Waits between the attempts of a webhook delivery."""
    retries_statuses: bool = True
    """Whether a delivery that gets another status than 2xx is attempted again."""


PUBLISHED = Dialect("published")
OLDER = Dialect(
    "older",
    extend=older.extend,
    describe=older.describe,
    receive=older.receive,
    succeed=older.succeed,
    cookies=older.cookies,
    fail=older.fail,
    deliver=older.deliver,
    retry_seconds=older.RETRY_SECONDS,
    retries_statuses=False,
)
DIALECTS: Mapping[str, Dialect] = {dialect.name: dialect for dialect in (PUBLISHED, OLDER)}
