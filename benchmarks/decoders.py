"""Decode the body of a page to typed objects, with each of the libraries."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from typing import Any

Decode = Callable[[bytes], Any]

_KINDS: dict[str, Any] = {
    "id": str,
    "address": str,
    "agent_name": str,
    "agent_phone": str,
    "annual_taxes": float,
    "bathrooms": float,
    "bedrooms": int,
    "city": str,
    "closing_date": datetime.date,
    "county": str,
    "created_at": datetime.datetime,
    "days_on_market": int,
    "description": str,
    "expiration_date": datetime.date,
    "garage_spaces": int,
    "has_pool": bool,
    "hoa_fee": float,
    "latitude": float,
    "list_price": float,
    "listing_date": datetime.date,
    "longitude": float,
    "lot_size": float,
    "mls_number": str,
    "office_id": str,
    "property_type": str,
    "school_district": str,
    "square_feet": int,
    "state": str,
    "status": str,
    "stories": int,
    "updated_at": datetime.datetime,
    "user_id": str,
    "virtual_tour_url": str,
    "year_built": int,
    "zip_code": str,
}
"""Types of the fields in the models of pydantic and msgspec. Ids are text, as in the SDK."""


def sdk() -> Decode:
    """Decode as `await client.listings.list()` does."""
    from actuallycare import Response
    from actuallycare._core.envelope.unwrap import read_body
    from actuallycare._core.pagination.page import read_page
    from actuallycare.api.listings import LIST
    from actuallycare.models import Listing

    def decode(body: bytes) -> Any:
        parsed = read_body(Response(200, {}, body), LIST)
        return read_page(parsed, LIST, Listing.from_dict, number=1, limit=100).items

    return decode


def default_templates() -> Decode:
    """Decode with the models of openapi-python-client's own templates."""
    from actually_care_api_client.models import GetListingsResponse200

    def decode(body: bytes) -> Any:
        return GetListingsResponse200.from_dict(json.loads(body)).data

    return decode


def pydantic_models() -> tuple[Any, Any]:
    """Return models of the bodies of one record and of a page; unknown fields are dropped."""
    from pydantic import BaseModel, create_model

    fields: dict[str, Any] = {
        name: (kind, ...) if name == "id" else (kind | None, None) for name, kind in _KINDS.items()
    }
    listing = create_model("Listing", **fields)
    data = create_model("Data", listings=(list[listing], ...), meta=(dict[str, Any], ...))

    def envelope(payload: type[BaseModel]) -> type[BaseModel]:
        return create_model(
            "Envelope", success=(bool, ...), data=(payload, ...), timestamp=(datetime.datetime, ...)
        )

    return envelope(listing), envelope(data)


def pydantic() -> Decode:
    """Decode with pydantic."""
    _, page = pydantic_models()

    def decode(body: bytes) -> Any:
        return page.model_validate_json(body).data.listings

    return decode


def msgspec() -> Decode:
    """Decode to attrs classes with msgspec: rejects every wrong type, does not keep the payload."""
    import attrs
    import msgspec.json

    listing = attrs.make_class(
        "Listing",
        {
            name: attrs.field(type=kind) if name == "id" else attrs.field(default=None, type=kind)
            for name, kind in _KINDS.items()
        },
        slots=True,
    )
    data = attrs.make_class("Data", {"listings": attrs.field(type=list[listing])}, slots=True)
    envelope = attrs.make_class("Envelope", {"data": attrs.field(type=data)}, slots=True)
    decoder = msgspec.json.Decoder(envelope)
    return lambda body: decoder.decode(body).data.listings


DECODERS: dict[str, Callable[[], Decode]] = {
    "actuallycare": sdk,
    "actuallycare, stdlib json": sdk,
    "openapi-python-client": default_templates,
    "pydantic": pydantic,
    "msgspec": msgspec,
}
