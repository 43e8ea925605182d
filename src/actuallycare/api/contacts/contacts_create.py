# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Create a contact."""

from __future__ import annotations

from typing import Final

from ..._core.operation import (
    Call,
    JsonBody,
    Operation,
)
from ..._core.unset import UNSET, Unset
from ...models.contact import Contact

OPERATION: Final = Operation(
    "contacts.create", "POST", "/contacts", kind="record", auth=("bearer",), unwrap=("data",)
)


def build(
    *,
    first_name: str,
    last_name: str,
    city: str | Unset | None = UNSET,
    company: str | Unset | None = UNSET,
    contact_status: str | Unset | None = UNSET,
    contact_type: str | Unset | None = UNSET,
    email: str | Unset | None = UNSET,
    license_number: str | Unset | None = UNSET,
    notes: str | Unset | None = UNSET,
    phone: str | Unset | None = UNSET,
    state: str | Unset | None = UNSET,
    street_address: str | Unset | None = UNSET,
    zip_code: str | Unset | None = UNSET,
) -> Call:
    """The call, without sending it."""
    return Call(
        OPERATION,
        "/contacts",
        body=JsonBody(
            {
                "first_name": first_name,
                "last_name": last_name,
                "city": city,
                "company": company,
                "contact_status": contact_status,
                "contact_type": contact_type,
                "email": email,
                "license_number": license_number,
                "notes": notes,
                "phone": phone,
                "state": state,
                "street_address": street_address,
                "zip_code": zip_code,
            }
        ),
    )


parse: Final = Contact.from_dict
"""The result, from its payload."""
