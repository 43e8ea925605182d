# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""List API keys."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    ListShape,
    Operation,
)
from ...models.api_key import ApiKey

OPERATION: Final = Operation(
    "api_keys.list",
    "GET",
    "/api-keys",
    kind="page",
    auth=("bearer",),
    idempotent=True,
    unwrap=("data",),
    shape=ListShape(items=(), meta=None, paged=False, page_size=None),
)


def build() -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/api-keys",
    )


parse: Final = ApiKey.from_dict
"""One item of the list, from its payload."""
