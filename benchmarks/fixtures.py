"""Input of the benchmarks: documents, records and response bodies. The same in every run."""

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

EXTRA_FIELDS: dict[str, dict[str, Any]] = {
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


PUBLISHED_FIELDS = (
    "id",
    "address",
    "bathrooms",
    "bedrooms",
    "city",
    "list_price",
    "mls_number",
    "property_type",
    "square_feet",
    "state",
    "status",
    "zip_code",
)


def wide_document() -> dict[str, Any]:
    """Return openapi.json with 15 more fields on `Listing`: 35, none of them nullable.

    The models of openapi-python-client's own templates do not accept null in every field.
    """
    document: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    properties = document["components"]["schemas"]["Listing"]["properties"]
    properties |= {name: {**schema, "x-inferred": True} for name, schema in EXTRA_FIELDS.items()}
    return document


def repeated_document(times: int) -> dict[str, Any]:
    """Return openapi.json with each operation `times` times, under different paths and tags."""
    document: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    original = dict(document["paths"])
    for copy in range(2, times + 1):
        for path, item in original.items():
            duplicate = json.loads(json.dumps(item))
            for operation in duplicate.values():
                if isinstance(operation, dict) and "responses" in operation:
                    operation["tags"] = [f"{tag} {copy}" for tag in operation.get("tags", [])]
                    if "operationId" in operation:
                        operation["operationId"] += f"Copy{copy}"
            group, *rest = path.strip("/").split("/")
            document["paths"]["/" + "/".join([f"{group}-{copy}", *rest])] = duplicate
    return document


def operation_count(document: dict[str, Any]) -> int:
    """Return the number of operations of a document."""
    items = document["paths"].values()
    return sum(
        isinstance(operation, dict) and "responses" in operation
        for item in items
        for operation in item.values()
    )


def records(count: int) -> list[dict[str, Any]]:
    """Return records of 35 fields with different values."""
    generator = random.Random(7)
    return [_record(generator, number) for number in range(count)]


def _record(generator: random.Random, number: int) -> dict[str, Any]:
    def identifier() -> str:
        text = f"{generator.getrandbits(128):032x}"
        return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-8{text[17:20]}-{text[20:]}"

    def day() -> str:
        return f"2026-{generator.randint(1, 12):02}-{generator.randint(1, 28):02}"

    def date_time() -> str:
        return f"{day()}T{generator.randint(0, 23):02}:30:{generator.randint(0, 59):02}.123Z"

    return {
        "id": identifier(),
        "address": f"{number} Oak Ave, Tehachapi, CA 93561",
        "agent_name": f"Sample Agent {number % 50}",
        "agent_phone": f"+1555{number:07}",
        "annual_taxes": generator.randint(100_000, 900_000) / 100,
        "bathrooms": generator.randint(2, 8) / 2,
        "bedrooms": generator.randint(1, 6),
        "city": "Tehachapi",
        "closing_date": day(),
        "county": "Kern",
        "created_at": date_time(),
        "days_on_market": generator.randint(1, 400),
        "description": f"Sample house number {number} with a view of the mountains and a garden.",
        "expiration_date": day(),
        "garage_spaces": generator.randint(0, 3),
        "has_pool": generator.random() < 0.3,
        "hoa_fee": generator.randint(0, 50_000) / 100,
        "latitude": round(35 + generator.random(), 6),
        "list_price": generator.randint(100_000, 2_000_000),
        "listing_date": day(),
        "longitude": round(-118 - generator.random(), 6),
        "lot_size": generator.randint(2_000, 40_000) / 2,
        "mls_number": f"ML{generator.randint(10_000_000, 99_999_999)}",
        "office_id": identifier(),
        "property_type": "single_family",
        "school_district": "Tehachapi Unified",
        "square_feet": generator.randint(800, 5_000),
        "state": "CA",
        "status": generator.choice(["active", "pending", "sold"]),
        "stories": generator.randint(1, 3),
        "updated_at": date_time(),
        "user_id": identifier(),
        "virtual_tour_url": f"https://tours.example.com/{number}",
        "year_built": generator.randint(1950, 2025),
        "zip_code": "93561",
    }


def published(row: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a record that the vendor's published example of a list shows."""
    return {name: row[name] for name in PUBLISHED_FIELDS}


def record_body(record: dict[str, Any]) -> bytes:
    """Return the response body for one record."""
    return _to_json({"success": True, "data": record, "timestamp": "2026-06-11T18:24:09.123Z"})


def page_body(rows: list[dict[str, Any]], number: int, size: int, total: int) -> bytes:
    """Return the response body for one page."""
    pages = -(-total // size)
    meta = {
        "total": total,
        "page": number,
        "limit": size,
        "totalPages": pages,
        "hasMore": number < pages,
    }
    data = {"listings": rows, "meta": meta}
    return _to_json({"success": True, "data": data, "timestamp": "2026-06-11T18:24:09.123Z"})


def _to_json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
