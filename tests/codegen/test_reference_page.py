"""docs/api.md lists every operation, and no text of the document is active in it."""

from __future__ import annotations

from codegen.project import DOCUMENT, REFERENCE_PAGE, load_document, read_api
from codegen.render.reference_page import reference_page

API = read_api(load_document(DOCUMENT)).api
PAGE = reference_page(API)


def test_the_committed_page_is_current() -> None:
    assert REFERENCE_PAGE.read_text(encoding="utf-8") == PAGE


def test_each_operation_is_listed_with_request_and_arguments() -> None:
    sections = dict(part.split("\n", 1) for part in PAGE.split("\n### ")[1:])
    assert sections.keys() == API.operations.keys()
    for name, operation in API.operations.items():
        assert f"- Request: `{operation.place.unescaped}`" in sections[name]
        for argument in operation.arguments:
            assert f"| `{argument.name}` | " in sections[name]


def test_an_argument_names_the_values_of_its_enum() -> None:
    section = PAGE.split("\n### listings.list\n")[1].split("\n### ")[0]
    assert "| One of `active`, " in section
