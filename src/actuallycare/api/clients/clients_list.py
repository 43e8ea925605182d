# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""List all clients."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    ListShape,
    Operation,
)
from ...models.client import Client
from ...models.client_status import ClientStatus
from ...models.client_type import ClientType

OPERATION: Final = Operation(
    "clients.list",
    "GET",
    "/clients",
    kind="page",
    auth=("key", "bearer"),
    idempotent=True,
    unwrap=("data",),
    shape=ListShape(items=("clients",), meta=("data", "meta"), paged=True, page_size=25),
)


def build(
    *,
    client_type: ClientType | None = None,
    status: ClientStatus | None = None,
    limit: int | None = None,
    page: int | None = None,
) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/clients",
        params={
            "client_type": client_type,
            "status": status,
            "limit": limit,
            "page": page,
        },
    )


parse: Final = Client.from_dict
"""One item of the list, from its payload."""
