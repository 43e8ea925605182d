# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Update user profile."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    JsonBody,
    Operation,
)
from ..._core.unset import UNSET, Unset
from ...models.auth_email_kind import AuthEmailKind
from ...models.user import User

OPERATION: Final = Operation(
    "auth.update_profile",
    "PUT",
    "/auth/profile",
    kind="record",
    auth=("bearer",),
    idempotent=True,
    confidential=True,
    unwrap=("data",),
)


def build(
    *,
    email_kind: AuthEmailKind | Unset = UNSET,
    first_name: str | Unset = UNSET,
    last_name: str | Unset = UNSET,
    phone: str | Unset | None = UNSET,
    sms_consent: bool | Unset = UNSET,
) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/auth/profile",
        body=JsonBody(
            {
                "emailKind": email_kind,
                "firstName": first_name,
                "lastName": last_name,
                "phone": phone,
                "smsConsent": sms_consent,
            }
        ),
    )


parse: Final = User.from_dict
"""The result, from its payload."""
