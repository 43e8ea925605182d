# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""List contacts."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    ListShape,
    Operation,
)
from ...models.contact import Contact

OPERATION: Final = Operation(
    "contacts.list",
    "GET",
    "/contacts",
    kind="page",
    auth=("bearer",),
    idempotent=True,
    unwrap=("data",),
    shape=ListShape(items=("contacts",), meta=("data", "meta"), paged=True, page_size=25),
)


def build(
    *,
    archived: bool | None = None,
    search: str | None = None,
    type_: str | None = None,
    limit: int | None = None,
    page: int | None = None,
) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/contacts",
        params={
            "archived": archived,
            "search": search,
            "type": type_,
            "limit": limit,
            "page": page,
        },
    )


parse: Final = Contact.from_dict
"""One item of the list, from its payload."""
