"""No text of the document becomes code, a path or markup, whatever it is written to."""

from __future__ import annotations

import ast
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codegen.commands.regenerate import build_report
from codegen.compat.diff import compare
from codegen.document_text import DocumentText
from codegen.errors import CodegenError
from codegen.escaping import code_span, one_line, prose
from codegen.handover import active_content, is_allowed
from codegen.lock import Lock
from codegen.output.verify import verify
from codegen.pipeline import describe, generate
from codegen.render.reference_page import HEAD, reference_page
from codegen.render.text import Code, docstring, f_literal, literal, safe_line, sentence
from codegen.source.overlay import Overlay

from .documents import answer, document, obj, operation, ref, run, sdk, string
from .hostile import CODE, PAYLOADS, PLACES, RICH, hostile, in_enum, put, strings, texts

BASE = "https://api.example.com/v1"


@given(texts)
def test_a_string_literal_has_exactly_the_value_of_the_text(text: str) -> None:
    assert ast.literal_eval(literal(text)) == text


@given(texts, texts)
def test_the_text_of_an_f_string_evaluates_nothing(before: str, after: str) -> None:
    source = f_literal([DocumentText(before), Code("value"), DocumentText(after)])
    found = ast.parse(source, mode="eval").body
    assert isinstance(found, ast.JoinedStr)
    parts = [p.value if isinstance(p, ast.Constant) else None for p in found.values]
    assert parts == [*filter(None, [before]), None, *filter(None, [after])]


@given(texts)
@pytest.mark.parametrize("escape", [safe_line, sentence])
def test_a_docstring_is_one_constant(escape: Any, text: str) -> None:
    [statement] = ast.parse(docstring([escape(text)], 0)).body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Constant)


@given(texts)
@pytest.mark.parametrize("escape", [one_line, code_span, prose])
def test_texts_of_reports_are_one_visible_line_without_markup(escape: Any, text: str) -> None:
    shown = escape(text)
    assert not any(unicodedata.category(c)[0] == "C" or c in "\n\u2028\u2029" for c in shown)
    assert not shown.startswith(("::", "##["))
    assert len(one_line(text * 100)) <= 500 * len("\\U0010ffff") + 1
    if escape is not one_line:
        assert not active_content(f"- {shown}\n")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_of_the_document_is_only_in_constants(place: Any, payload: str) -> None:
    assert_harmless(place(PAYLOADS[payload]))


def assert_harmless(made: Any) -> None:
    """Generate, or be rejected by place; names are identifiers, nothing is called or active."""
    before = describe(document(), Overlay(), Lock())
    problem = ""
    try:
        description = describe(made, Overlay(), Lock())
        files = generate(description)
    except CodegenError as error:
        problem = str(error)
    if problem:
        assert not active_lines(problem)
        return
    changes = compare(before.api, description.api)
    report = build_report(document(), made, changes, description, None)
    assert not active_content(report.report), report.report
    assert not active_content(report.entry), report.entry
    assert not active_content(reference_page(description.api).removeprefix(HEAD))
    for path, source in files.items():
        assert is_allowed(f"src/actuallycare/{path}"), path
        tree = ast.parse(source)
        assert not ({"open", "close", "exec", "eval", "zz"} & set(referred(tree)))
        assert not [c for c in source if c != "\n" and unicodedata.category(c)[0] == "C"]
        comments = [line for line in source.splitlines() if line.startswith("#")]
        assert all(line.startswith(("# Generated from", "# templates or")) for line in comments)


def active_lines(text: str) -> list[str]:
    lines = text.splitlines()
    return [ln for ln in lines if ln.lstrip().startswith(("::", "##[")) or "\x1b" in ln]


def referred(tree: ast.AST) -> Iterator[str]:
    """Names of everything that a source refers to or defines; constants excluded."""
    for node in ast.walk(tree):
        for attribute in ("id", "attr", "name"):
            found = getattr(node, attribute, None)
            if isinstance(found, str):
                yield found


def ascii_start(text: str) -> str:
    return ascii(text)[:20]


@given(st.sampled_from(list(strings(RICH))), hostile)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_at_any_place_is_harmless(position: tuple[Any, ...], text: str) -> None:
    assert_harmless(put(RICH, position, text))


@pytest.mark.parametrize("tag", ["é", "Büro", "物件", "𐐷" * 300, "a" * 100_000], ids=ascii_start)
def test_a_file_name_fits_every_file_system_and_the_hand_over(tag: str) -> None:
    made = put(RICH, ("paths", "/things", "get", "tags", 0), tag)
    assert_harmless(made)
    files = generate(describe(made, Overlay(), Lock()))
    assert max(len(Path(file).name.encode()) for file in files) <= 255


FOREIGN = {
    "statement": f"\n{CODE}\n",
    "assignment": f"\nx = {CODE}\n",
    "import": "\nimport os\n",
    "import from": "\nfrom os import system\n",
    "function": "\ndef zz():\n    return None\n",
    "class": "\nclass Zz:\n    pass\n",
    "default": "\ndef zz(x=[]):\n    return x\n",
    "decorator": "\n@staticmethod\ndef zz():\n    return None\n",
    "dunder": "\nx = Thing.__subclasses__\n",
    "loop": "\nfor x in ():\n    pass\n",
    "call of a call's method": "\nx = getattr(Thing, 'x').system('true')\n",
    "f-string": "\nx = f'{Thing}'\n",
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_the_output_is_rejected_with_any_code_that_nothing_describes(kind: str) -> None:
    description = run(document())
    files = generate(description)
    files["models/thing.py"] += FOREIGN[kind]
    with pytest.raises(CodegenError, match=r"generated models/thing\.py"):
        verify(files, description.api)


FAULTY_PATHS = {
    "/things\n": "invisible characters",
    "/things\x00": "invisible characters",
    "/things\u2028": "invisible characters",
    "/things\u202e": "invisible characters",
    "things": "starts with one slash",
    "//things": "starts with one slash",
    "@evil.example/x": "starts with one slash",
    ".evil.example/x": "starts with one slash",
    "\\\\evil.example\\x": "starts with one slash",
    "": "starts with one slash",
    "/things/{": "in pairs around a name",
    "/things/../x": "without the segments",
    "/things/%2e%2E/x": "without the segments",
    "/things/.%2e": "without the segments",
    "/" + "x" * 3_000: "at most 2,?000 characters",
}


@pytest.mark.parametrize(("path", "reason"), FAULTY_PATHS.items(), ids=range(len(FAULTY_PATHS)))
def test_a_faulty_path_is_left_out_with_its_place(path: str, reason: str) -> None:
    with pytest.raises(CodegenError, match=reason):
        run(document({path: {"get": operation(ref("Thing"))}}))


WIRE_NAMES = ['say "hi"', '"', "it's", 'it\'s "both"', "back\\slash", "{brace}"]


@pytest.mark.asyncio
@pytest.mark.parametrize("wire", WIRE_NAMES)
async def test_a_name_with_quotes_is_read_and_sent_as_it_is(wire: str, tmp_path: Path) -> None:
    named = f"a{wire}"
    parameter = {"name": named, "in": "query", "schema": string()}
    made = operation(ref("Thing"), parameters=[parameter])
    module = sdk(document({"/things": {"get": made}}, {"Thing": obj({named: string()})}), tmp_path)
    transport = answer(module, {"success": True, "data": {named: "seen"}})
    client = module.AsyncActuallyCare(transport=transport, base_url=BASE)
    method = client.things.list if hasattr(client.things, "list") else client.things.get
    [argument] = [name for name in method.__annotations__ if name not in ("return", "options")]
    thing = await method(**{argument: "sent"})
    assert getattr(thing, argument) == "seen"
    [request] = transport.requests
    assert parse_qs(urlsplit(request.url).query) == {named: ["sent"]}


def test_the_report_names_what_changed_in_code_spans() -> None:
    made = in_enum("@octocat Closes #1")
    description = run(made)
    changes = compare(run(in_enum("x")).api, description.api)
    report = build_report(document(), json.loads(json.dumps(made)), changes, description, None)
    assert "`gains @octocat Closes #1 and loses x`" in report.report
    assert not active_content(report.report)
