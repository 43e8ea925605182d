# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Update API key scopes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ..._core.operation import Call, Operation
from ..._core.serialize import JsonBody, path_segment
from ...models.api_key import ApiKey
from ...models.api_key_action import ApiKeyAction

OPERATION: Final = Operation(
    "api_keys.update_scopes",
    "PATCH",
    "/api-keys/{id}/scopes",
    kind="record",
    auth=("bearer",),
    unwrap=("data",),
)


def build(id: str, *, scopes: Mapping[str, Sequence[ApiKeyAction]]) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        f"/api-keys/{path_segment(id, 'id', OPERATION)}/scopes",
        body=JsonBody({"scopes": scopes}),
    )


parse: Final = ApiKey.from_dict
"""The result, from its payload."""
