# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
"""Update contact."""

from __future__ import annotations

from typing import Final

from ..._core.operation import Call, Operation
from ..._core.serialize import JsonBody, path_segment
from ..._core.unset import UNSET, Unset
from ...models.contact import Contact

OPERATION: Final = Operation(
    "contacts.update",
    "PUT",
    "/contacts/{id}",
    kind="record",
    auth=("bearer",),
    idempotent=True,
    unwrap=("data",),
)


def build(
    id: str,
    *,
    city: str | Unset | None = UNSET,
    company: str | Unset | None = UNSET,
    contact_status: str | Unset | None = UNSET,
    contact_type: str | Unset | None = UNSET,
    email: str | Unset | None = UNSET,
    first_name: str | Unset = UNSET,
    last_name: str | Unset = UNSET,
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
        f"/contacts/{path_segment(id, 'id', OPERATION)}",
        body=JsonBody(
            {
                "city": city,
                "company": company,
                "contact_status": contact_status,
                "contact_type": contact_type,
                "email": email,
                "first_name": first_name,
                "last_name": last_name,
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
