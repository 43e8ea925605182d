# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Register new user."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    JsonBody,
    Operation,
)
from ..._core.unset import UNSET, Unset
from ...models.auth_email_kind import AuthEmailKind
from ...models.auth_register import AuthRegister
from ...models.auth_role import AuthRole

OPERATION: Final = Operation(
    "auth.register", "POST", "/auth/register", kind="record", confidential=True, unwrap=("data",)
)


def build(
    *,
    email: str,
    first_name: str,
    last_name: str,
    password: str,
    username: str,
    email_kind: AuthEmailKind | Unset = UNSET,
    phone: str | Unset = UNSET,
    role: AuthRole | Unset = UNSET,
    sms_consent: bool | Unset = UNSET,
) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/auth/register",
        body=JsonBody(
            {
                "email": email,
                "firstName": first_name,
                "lastName": last_name,
                "password": password,
                "username": username,
                "emailKind": email_kind,
                "phone": phone,
                "role": role,
                "smsConsent": sms_consent,
            }
        ),
    )


parse: Final = AuthRegister.from_dict
"""The result, from its payload."""
