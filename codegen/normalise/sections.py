"""The sections of a document that later steps rely on."""

from __future__ import annotations

from typing import Any

from ..document import Json, as_object, is_object
from ..errors import Problem, UnsupportedDocument


def check_document(document: Any) -> Json:
    """Return the document; `UnsupportedDocument` when it is no OpenAPI 3.0 or 3.1 document."""
    problem = ""
    if not is_object(document):
        problem = "an object was expected"
    elif not str(document.get("openapi", "")).startswith(("3.0", "3.1")):
        problem = f"OpenAPI 3.0 or 3.1 was expected, got {document.get('openapi')!r:.40}"
    elif not is_object(document.get("paths")) or not document["paths"]:
        problem = "there are no paths"
    if problem:
        raise UnsupportedDocument([Problem("the document", problem)])
    found: Json = document
    return found


def with_sections(document: Json) -> Json:
    """Return the document with `components.schemas`, an object, whatever it says there."""
    components = as_object(document.get("components"))
    schemas = as_object(components.get("schemas"))
    return {**document, "components": {**components, "schemas": schemas}}
