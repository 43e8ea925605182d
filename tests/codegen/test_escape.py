"""No text of the document becomes code, a path or markup, whatever it is written to."""

from __future__ import annotations

import ast
import copy
import importlib
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codegen.commands.regenerate import build_report
from codegen.compat.diff import compare
from codegen.errors import CodegenError
from codegen.escaping import code_span, one_line, prose
from codegen.handover import active_content, is_allowed
from codegen.lock import Lock
from codegen.output.verify import verify
from codegen.pipeline import describe, generate
from codegen.render.reference_page import HEAD, reference_page
from codegen.render.text import Code, docstring, f_literal, literal, safe_line, sentence
from codegen.source.overlay import Overlay

from .documents import ID, answer, array, document, obj, operation, ref, run, sdk, string

BASE = "https://api.example.com/v1"
MARK = "PWNED"
"""File that a payload writes; the name is in every payload."""

CODE = f'open("{MARK}", "w").close()'
PAYLOADS = {
    "method": f'x"""\n    {CODE}\n    async def zz(self, id):\n        """',
    "quotes": f'x", {CODE}, "',
    "f-string": f"x{{{CODE}}}",
    "backslash": f'x\\", {CODE}) #\\',
    "template": f"x{{{{ {CODE} }}}}{{% for i in x %}}",
    "log": f"x\n::set-output name=severity::{MARK}\n@octocat Closes #1 <!-- [a](b)\x1b[2J\u202e",
}

texts = st.text(st.sampled_from("\"'\\{}N \n\r\x00\u2028\u202e\ud800xé#$@<`[](:)")) | st.text()


@given(texts)
def test_a_string_literal_has_exactly_the_value_of_the_text(text: str) -> None:
    assert ast.literal_eval(literal(text)) == text


@given(texts, texts)
def test_the_text_of_an_f_string_evaluates_nothing(before: str, after: str) -> None:
    source = f_literal([before, Code("value"), after])
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


def in_path(payload: str) -> Any:
    made = operation(ref("Thing"), parameters=[ID])
    return document({f"/things/{payload.replace('/', '-')}/{{id}}": {"get": made}})


def in_texts(payload: str) -> Any:
    made = document(
        schemas={"Thing": obj({"id": string(description=payload)}, description=payload)}
    )
    get = made["paths"]["/things/{id}"]["get"]
    get["summary"] = payload
    get["description"] = f"More: {payload}"
    get["parameters"] = [{**ID, "description": payload}]
    return made


def in_tag(payload: str) -> Any:
    return document({"/things": {"get": operation(ref("Thing"), tags=[f"Things {payload}"])}})


def in_operation_id(payload: str) -> Any:
    made = document()
    made["paths"]["/things/{id}"]["get"]["operationId"] = payload
    return made


def in_property(payload: str) -> Any:
    named = obj({"id": string(), payload: string(), f"b{payload}": string()}, required=[payload])
    body = {"content": {"application/json": {"schema": ref("Thing")}}}
    made = operation(ref("Thing"), requestBody=body)
    return document({"/things": {"post": made}}, {"Thing": named})


def in_parameters(payload: str) -> Any:
    parameters = [
        {"name": f"{place}{payload}", "in": place, "schema": string(default=payload)}
        for place in ("query", "header")
    ]
    return document({"/things": {"get": operation(ref("Thing"), parameters=parameters)}})


def in_enum(payload: str) -> Any:
    status = string(enum=["on", payload])
    filtered = {"name": "status", "in": "query", "schema": status}
    made = operation(ref("Thing"), parameters=[filtered])
    return document({"/things": {"get": made}}, {"Thing": obj({"status": status})})


def in_discriminator(payload: str) -> Any:
    kinds = {name: obj({payload: string(enum=[f"{name}{payload}"])}) for name in ("One", "Two")}
    either = {"oneOf": [ref("One"), ref("Two")]}
    return document({"/things": {"get": operation(obj({"a": either}))}}, kinds)


def in_page_location(payload: str) -> Any:
    meta = obj({"page": {"type": "integer"}, "totalPages": {"type": "integer"}})
    made = operation(obj({payload: array(ref("Thing")), "meta": meta}))
    return document({"/things": {"get": made}})


def in_media_type(payload: str) -> Any:
    content: Any = {f"image/{payload}": {}}
    responses = {"200": {"description": "", "content": content}}
    made = document()
    made["paths"]["/images"] = {"get": operation(responses=responses)}
    return made


def in_schema_name(payload: str) -> Any:
    name = f"Thing{payload}"
    escaped = name.replace("~", "~0").replace("/", "~1")
    return document({"/things": {"get": operation(ref(escaped))}}, {name: obj({"id": string()})})


PLACES = [
    in_path, in_texts, in_tag, in_operation_id, in_property, in_parameters, in_enum,
    in_discriminator, in_page_location, in_media_type, in_schema_name,
]  # fmt: skip


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


def strings(node: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The position of every text of a document; a key has None at its end."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield (*at, key, None)
            yield from strings(value, (*at, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from strings(value, (*at, index))
    elif isinstance(node, str):
        yield at


def put(made: Any, position: tuple[Any, ...], text: str) -> Any:
    """A copy with another text at one position."""
    made = copy.deepcopy(made)
    is_key = position[-1] is None
    *path, last = position[:-1] if is_key else position
    owner = made
    for part in path:
        owner = owner[part]
    if is_key:
        owner[text] = owner.pop(last)
    else:
        owner[last] = text
    return made


def ascii_start(text: str) -> str:
    return ascii(text)[:20]


RICH = in_parameters("x")
RICH["paths"] |= in_enum("x")["paths"] | in_path("x")["paths"]
RICH["paths"]["/others"] = in_property("x")["paths"]["/things"]
RICH["components"]["schemas"] |= in_discriminator("x")["components"]["schemas"]
RICH["servers"] = [{"url": "https://api.actuallycare.com/v1"}]
hostile = st.sampled_from([*PAYLOADS.values(), "__init__", "../../x", "self", "ﬁeld", ""]) | texts


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


def test_everything_is_imported_without_side_effects(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = in_texts(PAYLOADS["method"])
    made["paths"] |= in_parameters(PAYLOADS["quotes"])["paths"]
    module = sdk(made, tmp_path)
    import_everything(module)
    assert not (tmp_path / MARK).exists()


def import_everything(module: ModuleType) -> None:
    package = Path(module.__file__ or "").parent
    for folder in ("api", "models"):
        for file in (package / folder).rglob("*.py"):
            parts = file.relative_to(package).with_suffix("").parts
            importlib.import_module(".".join([module.__name__, *parts]))


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
    [argument] = [name for name in method.__annotations__ if name != "return"]
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
