"""Security: which credential each operation takes. The generator drops document-level security."""

from __future__ import annotations

from typing import Any

from ..document import Json, as_object, as_text, is_array, is_object
from ..findings import Findings
from ..source.references import follow

_MOST_ALTERNATIVES = 100
_SCHEMES = ("key", "bearer")


def accepted_schemes(
    document: Json, operation: Json, place: str, findings: Findings
) -> tuple[str, ...]:
    """Return `key`, `bearer`, both (key first), or nothing for a public operation.

    One alternative that the SDK supports is enough. Where there is none, whichever credential the
    client has is sent.
    """
    at = f"{place} → security"
    required: Any = operation.get("security", document.get("security"))
    if required is None or required == []:
        return ()
    if not is_array(required) or len(required) > _MOST_ALTERNATIVES:
        findings.fall_back(
            "dropped", at, "a list of alternatives was expected; any credential is sent"
        )
        return _SCHEMES
    schemes = as_object(as_object(document.get("components")).get("securitySchemes"))
    found: set[str] = set()
    unusable: list[str] = []
    for alternative in required:
        if alternative == {}:
            return ()  # may be called without any
        kind, reason = _alternative(alternative, schemes, document)
        found |= {kind} if kind else set()
        unusable += [reason] if reason else []
    for reason in unusable:
        if found:
            findings.note(at, f"{reason}; the other alternative is used")
        else:
            findings.fall_back("dropped", at, f"{reason}; any credential of the client is sent")
    return tuple(s for s in _SCHEMES if s in found) if found else _SCHEMES


def _alternative(alternative: Any, schemes: Json, document: Json) -> tuple[str, str]:
    """(scheme, reason why there is none) of one alternative."""
    if not is_object(alternative):
        return "", "an object was expected"
    kinds = {name: _kind(_target(schemes.get(name), document)) for name in alternative}
    unknown = sorted(name for name, kind in kinds.items() if not kind)
    if unknown:
        return "", f"the scheme {', '.join(unknown)} is not one the SDK knows"
    if len(set(kinds.values())) > 1:
        return "", "two credentials at once are not supported"
    return next(iter(kinds.values())), ""


def _target(scheme: Any, document: Json) -> Any:
    """The scheme, or the one that it refers to; None when that is nothing."""
    try:
        return follow(document, scheme)
    except LookupError:
        return None


def _kind(scheme: Any) -> str:
    if not is_object(scheme):
        return ""
    kind, place, name, http = (
        as_text(scheme.get(key)).lower() for key in ("type", "in", "name", "scheme")
    )
    if kind == "apikey" and place == "header" and name == "authorization":
        return "bearer"  # how OpenAPI 2 had to describe a token
    if kind == "apikey" and place == "header":
        return "key" if name in ("x-api-key", "api-key") else ""
    if kind in ("oauth2", "openidconnect"):
        return "bearer"
    return "bearer" if kind == "http" and http == "bearer" else ""
