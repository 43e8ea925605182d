"""The sections of a document that later steps rely on."""

from __future__ import annotations

from typing import Any

from ..api import Api
from ..document import Json, as_object, is_object, iter_operations
from ..document_text import LONGEST
from ..errors import Problem, UnsupportedDocument
from ..escaping import excerpt

MOST_OPERATIONS = 2_000
MOST_SCHEMAS = 20_000
MOST_TEXT = 20_000_000


def check_document(document: Any) -> Json:
    """Return the document; `UnsupportedDocument` when it is no OpenAPI 3.0 or 3.1 document."""
    problem = ""
    if not is_object(document):
        problem = "an object was expected"
    elif not str(document.get("openapi", "")).startswith(("3.0", "3.1")):
        problem = f"OpenAPI 3.0 or 3.1 was expected, got {excerpt(document.get('openapi'), 40)}"
    elif not is_object(document.get("paths")) or not document["paths"]:
        problem = "there are no paths"
    else:
        problem = _size_problem(document)
    if problem:
        raise UnsupportedDocument([Problem("the document", problem)])
    found: Json = document
    return found


def _size_problem(document: Json) -> str:
    """Return why a document is too large to be one; empty when it is not."""
    operations = sum(1 for _ in iter_operations(document))
    if operations > MOST_OPERATIONS:
        return f"paths: at most {MOST_OPERATIONS:,} operations are supported, got {operations:,}"
    schemas = len(as_object(as_object(document.get("components")).get("schemas")))
    if schemas > MOST_SCHEMAS:
        return f"components.schemas: at most {MOST_SCHEMAS:,} are supported, got {schemas:,}"
    return ""


def check_text(api: Api) -> None:
    """Raise `UnsupportedDocument` when docstrings would be too long altogether.

    A parameter with its description may be shared by a thousand operations.
    """
    texts = [text for o in api.operations.values() for text in (o.summary, o.description)]
    texts += [argument.doc for o in api.operations.values() for argument in o.arguments]
    texts += [field.doc for model in api.models.values() for field in model.fields]
    length = sum(min(len(text.unescaped), LONGEST) for text in texts)
    if length > MOST_TEXT:
        reason = f"descriptions: {MOST_TEXT:,} characters are supported, there are {length:,}"
        raise UnsupportedDocument([Problem("the document", f"{reason}, with repetitions")])


def with_sections(document: Json) -> Json:
    """Return the document with `components.schemas`, an object, whatever it says there."""
    components = as_object(document.get("components"))
    schemas = as_object(components.get("schemas"))
    return {**document, "components": {**components, "schemas": schemas}}
