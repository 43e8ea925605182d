"""What is measured with: a document with a wide record, records, and bodies. Always the same."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "bench"
DOCUMENT = ROOT / "openapi.json"

KEY = "0123456789abcdef" * 4
PAGE = 100
TOTAL = 10_000
RECORD_ID = "550e8400-e29b-41d4-a716-446655440000"

_WIDER: dict[str, dict[str, Any]] = {
    "agent_name": {"type": "string"},
    "agent_phone": {"type": "string"},
    "annual_taxes": {"type": "number"},
    "closing_date": {"type": "string", "format": "date"},
    "county": {"type": "string"},
    "days_on_market": {"type": "integer"},
    "garage_spaces": {"type": "integer"},
    "has_pool": {"type": "boolean"},
    "hoa_fee": {"type": "number"},
    "latitude": {"type": "number"},
    "longitude": {"type": "number"},
    "office_id": {"type": "string", "format": "uuid"},
    "school_district": {"type": "string"},
    "stories": {"type": "integer"},
    "virtual_tour_url": {"type": "string"},
}


def wide_document() -> dict[str, Any]:
    """openapi.json with 15 more fields on `Listing`, 35 in all, none nullable.

    Without nulls, because the models of the stock generator cannot read those in every field.
    """
    document: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    properties = document["components"]["schemas"]["Listing"]["properties"]
    properties |= {name: {**schema, "x-inferred": True} for name, schema in _WIDER.items()}
    return document


def grown_document(times: int) -> dict[str, Any]:
    """openapi.json with every operation `times` times, each under a path and a tag of its own."""
    document: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    first = dict(document["paths"])
    for copy in range(2, times + 1):
        for path, item in first.items():
            twin = json.loads(json.dumps(item))
            for operation in twin.values():
                if isinstance(operation, dict) and "responses" in operation:
                    operation["tags"] = [f"{tag} {copy}" for tag in operation.get("tags", [])]
                    if "operationId" in operation:
                        operation["operationId"] += f"Copy{copy}"
            group, *rest = path.strip("/").split("/")
            document["paths"]["/" + "/".join([f"{group}-{copy}", *rest])] = twin
    return document


def records(count: int) -> list[dict[str, Any]]:
    """Records of 35 fields, each with values of its own."""
    dice = random.Random(7)
    return [_record(dice, number) for number in range(count)]


def _record(dice: random.Random, number: int) -> dict[str, Any]:
    def identifier() -> str:
        text = f"{dice.getrandbits(128):032x}"
        return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-8{text[17:20]}-{text[20:]}"

    def day() -> str:
        return f"2026-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"

    def moment() -> str:
        return f"{day()}T{dice.randint(0, 23):02}:30:{dice.randint(0, 59):02}.123Z"

    return {
        "id": identifier(),
        "address": f"{number} Oak Ave, Tehachapi, CA 93561",
        "agent_name": f"Sample Agent {number % 50}",
        "agent_phone": f"+1555{number:07}",
        "annual_taxes": dice.randint(100_000, 900_000) / 100,
        "bathrooms": dice.randint(2, 8) / 2,
        "bedrooms": dice.randint(1, 6),
        "city": "Tehachapi",
        "closing_date": day(),
        "county": "Kern",
        "created_at": moment(),
        "days_on_market": dice.randint(1, 400),
        "description": f"Sample house number {number} with a view of the mountains and a garden.",
        "expiration_date": day(),
        "garage_spaces": dice.randint(0, 3),
        "has_pool": dice.random() < 0.3,
        "hoa_fee": dice.randint(0, 50_000) / 100,
        "latitude": round(35 + dice.random(), 6),
        "list_price": dice.randint(100_000, 2_000_000),
        "listing_date": day(),
        "longitude": round(-118 - dice.random(), 6),
        "lot_size": dice.randint(2_000, 40_000) / 2,
        "mls_number": f"ML{dice.randint(10_000_000, 99_999_999)}",
        "office_id": identifier(),
        "property_type": "single_family",
        "school_district": "Tehachapi Unified",
        "square_feet": dice.randint(800, 5_000),
        "state": "CA",
        "status": dice.choice(["active", "pending", "sold"]),
        "stories": dice.randint(1, 3),
        "updated_at": moment(),
        "user_id": identifier(),
        "virtual_tour_url": f"https://tours.example.com/{number}",
        "year_built": dice.randint(1950, 2025),
        "zip_code": "93561",
    }


def record_body(record: dict[str, Any]) -> bytes:
    """The envelope of one record."""
    return _dumped({"success": True, "data": record, "timestamp": "2026-06-11T18:24:09.123Z"})


def page_body(rows: list[dict[str, Any]], number: int, size: int, total: int) -> bytes:
    """The envelope of one page."""
    pages = -(-total // size)
    meta = {
        "total": total,
        "page": number,
        "limit": size,
        "totalPages": pages,
        "hasMore": number < pages,
    }
    data = {"listings": rows, "meta": meta}
    return _dumped({"success": True, "data": data, "timestamp": "2026-06-11T18:24:09.123Z"})


def _dumped(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
