# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Create new API key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ..._core.operation import (
    Call,
    JsonBody,
    Operation,
)
from ..._core.unset import UNSET, Unset
from ...models.api_key_action import ApiKeyAction
from ...models.created_api_key import CreatedApiKey

OPERATION: Final = Operation(
    "api_keys.create",
    "POST",
    "/api-keys",
    kind="record",
    auth=("bearer",),
    confidential=True,
    unwrap=("data",),
)


def build(
    *,
    name: str,
    expires_in_days: int | Unset = UNSET,
    scopes: Mapping[str, Sequence[ApiKeyAction]] | Unset = UNSET,
) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/api-keys",
        body=JsonBody({"name": name, "expiresInDays": expires_in_days, "scopes": scopes}),
    )


parse: Final = CreatedApiKey.from_dict
"""The result, from its payload."""
