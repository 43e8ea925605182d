"""Headers, query parameters and body members that callers add to requests: check, then merge."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from .call_options import CallOptions
from .errors import ConfigurationError
from .json_value import is_object
from .secret import CREDENTIAL_HEADERS
from .unset import UNSET

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""A header name (RFC 9110 section 5.6.2)."""
_VALUE = re.compile(r"[\t\x20-\x7e]*")
"""A header value (RFC 9110 section 5.5): no line break, which would start another header. Of other
characters, the HTTP libraries send different bytes, or none."""
FRAMING_HEADERS = frozenset({"host", "content-length", "transfer-encoding"})
_SPELLING = {name.lower(): name for name in ("Accept", "Accept-Encoding", "Content-Type")}
"""Headers that a call or a transport sets itself, as it spells them: one replaces the other."""


@frozen
class Extras:
    """Additions to requests. They win over generated values."""

    headers: Mapping[str, str | None] = field(factory=dict[str, str | None], repr=False)
    query: Mapping[str, Any] = field(factory=dict[str, Any], repr=False)
    body: Mapping[str, Any] = field(factory=dict[str, Any], repr=False)

    def merged(self, other: Extras) -> Extras:
        """Return these extras with those of `other` added or replaced."""
        return Extras(
            {**self.headers, **other.headers},
            {**self.query, **other.query},
            {**self.body, **other.body},
        )


NO_EXTRAS = Extras()


def read_extras(options: CallOptions) -> Extras:
    """Return the checked extras among the options of a call."""
    headers = check_headers("extra_headers", options.get("extra_headers"))
    query = check_mapping("extra_query", options.get("extra_query"))
    return Extras(headers, query, check_mapping("extra_body", options.get("extra_body")))


def check_headers(setting: str, headers: Any) -> Mapping[str, str | None]:
    """Return headers that a caller adds, none for None; ConfigurationError if one is invalid.

    The error shows no value, which may be confidential.
    """
    checked = check_mapping(setting, headers)
    for name, value in checked.items():
        if not isinstance(name, str) or not _TOKEN.fullmatch(name):
            raise ConfigurationError(f"{setting}: {name!r:.80} is not the name of a header.")
        if name.lower() in CREDENTIAL_HEADERS:
            raise ConfigurationError(
                f"{setting}: {name} is for credentials. Pass api_key= or token=, to the client or "
                "to with_options(…)."
            )
        if name.lower() in FRAMING_HEADERS:
            raise ConfigurationError(
                f"{setting}: the HTTP library sets the header {name}. Leave it out."
            )
        if value is not None and not (isinstance(value, str) and _VALUE.fullmatch(value)):
            raise ConfigurationError(
                f"{setting}: the value of {name} is not a str that fits into a header: text "
                "without line breaks, of ASCII characters, was expected; or None to remove it."
            )
    return checked


def check_mapping(setting: str, value: Any) -> Mapping[Any, Any]:
    """Return the mapping, empty for None; ConfigurationError when it is something else."""
    if value is None:
        return {}
    if not is_object(value):
        raise ConfigurationError(
            f"{setting} is a {type(value).__name__}; a mapping, such as a dict, was expected."
        )
    return value


def add_headers(headers: dict[str, str], changes: Mapping[str, str | None]) -> None:
    """Set headers in `headers`; None removes one. Names are case-insensitive."""
    for name, value in changes.items():
        for known in [known for known in headers if known.lower() == name.lower()]:
            del headers[known]
        if value is not None:
            # White space around a value is not part of it (RFC 9110 section 5.5).
            headers[_SPELLING.get(name.lower(), name)] = value.strip(" \t")


def present(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters that the caller has given."""
    return {name: v for name, v in params.items() if v is not None and v is not UNSET}
