"""`DocumentText`: text of the vendor's document that nothing can print without escaping it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from codegen.api import Api, Argument, Enum, Field, Model, Operation, Paging, Type
from codegen.backend.openapi_python_client import only_code
from codegen.document_text import DocumentText
from codegen.render.text import docstring, f_literal, literal, name, sentence

from .documents import ROOT

HOSTILE = DocumentText('""" + str(1) + """')
PRINTS: list[Callable[[Any], Any]] = [
    str,
    "{}".format,
    lambda text: f"{text}",
    lambda text: "x" + text,
    lambda text: text + "x",
    lambda text: ", ".join([text]),  # noqa: FLY002 - one of the ways to print
    lambda text: docstring([text], 0),
    name,
]


@pytest.mark.parametrize("print_it", PRINTS, ids=range(len(PRINTS)))
def test_it_cannot_be_printed(print_it: Callable[[Any], Any]) -> None:
    with pytest.raises((TypeError, AttributeError)):
        print_it(HOSTILE)


def test_each_context_has_a_function() -> None:
    assert ast.literal_eval(literal(HOSTILE)) == HOSTILE.unescaped
    assert ast.literal_eval(f_literal([HOSTILE])[1:]) == HOSTILE.unescaped
    assert ast.literal_eval(docstring([sentence(HOSTILE)], 0)) == f"{HOSTILE.unescaped}."


def test_it_is_compared_and_sorted_as_its_text() -> None:
    assert DocumentText("a") == DocumentText("a") == "a"
    assert {DocumentText("a"): 1}[DocumentText("a")] == 1
    assert sorted([DocumentText("b"), DocumentText("a")]) == [DocumentText("a"), DocumentText("b")]
    assert not DocumentText("")


def test_a_template_prints_nothing_but_code() -> None:
    assert only_code(literal(HOSTILE)) == literal(HOSTILE)
    for text in (HOSTILE, HOSTILE.unescaped):
        with pytest.raises(TypeError, match="not Code"):
            only_code(text)


OURS = {
    "auth", "http", "kind", "location", "method", "module", "name", "resource",
}  # fmt: skip
"""Names that were chosen and checked, and words from a fixed list."""


def test_every_other_text_of_the_model_is_one() -> None:
    for cls in (Api, Operation, Argument, Model, Field, Enum, Paging, Type):
        for found in attrs.fields(attrs.resolve_types(cls)):
            words = set(re.findall(r"\w+", str(found.type)))
            if found.name not in OURS:
                assert "str" not in words or "Mapping" in words, f"{cls.__name__}.{found.name}"


def test_only_the_escaping_functions_read_it_in_the_renderer() -> None:
    readers = [
        path.name
        for folder in ("render", "backend", "output")
        for path in sorted((ROOT / "codegen" / folder).rglob("*"))
        if path.suffix in (".py", ".jinja") and ".unescaped" in path.read_text(encoding="utf-8")
    ]
    assert readers == ["text.py"]
