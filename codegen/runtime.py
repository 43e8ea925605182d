"""The names of the run time that generated code imports: the only place that knows where they are.

`api` and `models` are siblings of `_core` in the package.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_CORE: Final[dict[str, str]] = {
    "UNSET": "unset", "Unset": "unset", "File": "bodies.multipart",
    "comma_separated": "serialize", "path_segment": "serialize",
    "identity": "envelope.fields", "by_discriminator": "envelope.discriminator",
    "if_object": "envelope.fields", "optional": "envelope.fields",
    "read_lenient": "envelope.fields", "read_date": "envelope.fields",
    "read_datetime": "envelope.fields", "to_date": "envelope.fields",
    "to_datetime": "envelope.fields", "to_list": "envelope.fields", "to_map": "envelope.fields",
    "redact": "secret", "wrap_secret": "secret",
    "Call": "operation", "FormBody": "bodies.form", "JsonBody": "serialize",
    "PageLayout": "operation", "MultipartBody": "bodies.multipart", "Operation": "operation",
    "RawBody": "bodies.raw",
    "Page": "pagination.page", "Pager": "pagination.pager", "OffsetPager": "pagination.offset",
    "Resource": "resource", "ContentResource": "content",
    "with_raw_response": "resource", "page_with_raw_response": "resource",
    "CallOptions": "call_options", "lazy_resource": "resource",
    "deprecated": "deprecation", "deprecated_class": "deprecation", "removed_error": "deprecation",
    "Sender": "sender",
}  # fmt: skip
"""Module below `_core` by name."""

SENSITIVE: Final = "sensitive"
"""The argument of `Operation` for bodies with credentials."""

_STANDARD: Final = {
    "Any", "Final", "Literal", "Mapping", "Self", "Sequence", "TYPE_CHECKING", "TypeAlias",
    "builtins", "datetime", "define", "Resources", "Unpack", "import_module",
}  # fmt: skip

NAMES: Final = frozenset({*_CORE, *_STANDARD})
"""Names that a generated module imports: no class or argument of the document may have one."""


def core_imports(names: Iterable[str], dots: str) -> list[str]:
    """The import statements for `names`, from a module that is `dots` away from the package."""
    by_module: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        by_module.setdefault(_CORE[name.partition(" as ")[0]], []).append(name)
    return [
        f"from {dots}_core.{module} import {', '.join(found)}"
        for module, found in sorted(by_module.items())
    ]


CLIENT_ATTRIBUTES: Final = frozenset({
    "aclose", "close", "rate_limit", "request", "request_raw", "pages", "with_options",
    "is_closed", "models", "api", "get", "post", "put", "patch", "delete", "head", "base_url",
    "timeout", "send", "resources",
})  # fmt: skip
"""Attributes of the client, and names that it may get: no resource may have one."""

RESOURCE_ATTRIBUTES: Final = frozenset({"with_raw_response"})
"""Attributes of every resource: no operation may have one."""

CALL_OPTIONS: Final = frozenset({"extra_headers", "extra_query", "extra_body", "timeout"})
"""Arguments that every method takes."""

ARGUMENT_NAMES: Final = (
    frozenset(name for name in NAMES if name.islower()) | CALL_OPTIONS | {"self", "options"}
)
"""Names that the body of a method uses: no argument may have one."""
