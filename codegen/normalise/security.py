"""Security: which credential each operation takes. The generator drops document-level security."""

from __future__ import annotations

from typing import Any

from ..document import Json, is_array, is_object
from .report import Report


def accepted_schemes(document: Json, operation: Json, place: str, report: Report) -> list[str]:
    """`key`, `bearer`, both (key first), or nothing for a public operation."""
    required: Any = operation.get("security", document.get("security", []))
    schemes: Json = document.get("components", {}).get("securitySchemes", {})
    if not is_array(required):
        report.refuse(f"{place} → security", "a list was expected")
        return []
    found: set[str] = set()
    for alternative in required:
        if not is_object(alternative):
            report.refuse(f"{place} → security", "an object was expected")
            continue
        if not alternative:
            return []  # may be called without any
        kinds = {_kind(schemes.get(name)) for name in alternative}
        if None in kinds:
            unknown = ", ".join(sorted(n for n in alternative if _kind(schemes.get(n)) is None))
            report.refuse(f"{place} → security", f"the scheme {unknown} is not one the SDK knows")
        elif len(kinds) > 1:
            report.refuse(f"{place} → security", "two credentials at once are not carried")
        found |= {kind for kind in kinds if kind is not None}
    return [kind for kind in ("key", "bearer") if kind in found]


def _kind(scheme: Any) -> str | None:
    if not is_object(scheme):
        return None
    if scheme.get("type") == "apiKey" and scheme.get("in") == "header":
        return "key" if str(scheme.get("name", "")).lower() in ("x-api-key", "api-key") else None
    if scheme.get("type") in ("oauth2", "openIdConnect"):
        return "bearer"
    if scheme.get("type") == "http" and str(scheme.get("scheme", "")).lower() == "bearer":
        return "bearer"
    return None
