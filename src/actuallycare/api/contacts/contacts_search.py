# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Search contacts."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    ListShape,
    Operation,
)
from ...models.contact import Contact

OPERATION: Final = Operation(
    "contacts.search",
    "GET",
    "/contacts/search",
    kind="page",
    auth=("bearer",),
    idempotent=True,
    unwrap=("data",),
    shape=ListShape(items=("contacts",), meta=None, paged=False, page_size=25),
)


def build(*, q: str, limit: int | None = None) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/contacts/search",
        params={
            "q": q,
            "limit": limit,
        },
    )


parse: Final = Contact.from_dict
"""One item of the list, from its payload."""
