"""A dialect as a value: the functions that rewrite the document and the bodies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from attrs import frozen

DialectName = Literal["published", "older"]
"""`published` follows the vendor's pages, `older` an older public version of the back end."""


def _unchanged(value: Any) -> Any:
    return value


@frozen
class Dialect:
    """How one version of the API writes what this sandbox means."""

    name: DialectName
    """The name in the settings and on the command line."""
    rewrite_document: Callable[[Mapping[str, Any]], Mapping[str, Any]] = _unchanged
    """Returns the document to serve."""


PUBLISHED = Dialect("published")
OLDER = Dialect("older")
DIALECTS: Mapping[str, Dialect] = {dialect.name: dialect for dialect in (PUBLISHED, OLDER)}
