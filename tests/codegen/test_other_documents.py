"""The measuring of real documents: what counts as typed, as omitted, and as lost without a word."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from .documents import document, envelope, json_response, operation, ref, string
from .other_documents.coverage import Coverage, document_operations, outcomes
from .other_documents.generator import Finding
from .other_documents.sources import Source, UnavailableError, obtain, sources
from .other_documents.table import Totals, report
from .other_documents.trial import Result, failed, without_security

RESOURCE = """
class ThingsResource:
    @property
    def with_raw_response(self) -> ThingsWithRawResponse: ...
{methods}
"""
CALL = 'OPERATION: Final = Operation("things.{name}", "{http}", "{path}", kind="record")\n'
API = """
class Resources:
    @cached_property
    def things(self) -> ThingsResource: ...
"""


def package(folder: Path, **methods: tuple[str, str, str]) -> Path:
    """A package with these methods: name=(HTTP method, path, annotation of the result)."""
    resource = folder / "api" / "things"
    resource.mkdir(parents=True)
    (folder / "api" / "__init__.py").write_text(API, encoding="utf-8")
    for name, (http, path, _) in methods.items():
        text = CALL.format(name=name, http=http, path=path)
        (resource / f"things_{name}.py").write_text(text, encoding="utf-8")
    lines = [f"    async def {n}(self) -> {result}: ..." for n, (_, _, result) in methods.items()]
    text = RESOURCE.format(methods="\n".join(lines))
    (resource / "resource.py").write_text(text, encoding="utf-8")
    return folder


def measured(
    node: Any, result: str, folder: Path, *findings: str, path: str = "/things"
) -> Coverage:
    """The coverage of a document with one operation, whose method returns `result`."""
    made = package(folder / "made", get=("GET", "/things", result))
    operations = list(document_operations(document(paths={path: {"get": node}})))
    return outcomes(operations, made, [Finding(place, "a reason") for place in findings])


SENTENCE = operation(responses={"200": {"description": "A list of things"}})
RECORD = operation(ref("Thing"))


@pytest.mark.parametrize(
    ("node", "result", "outcome", "silent"),
    [
        (RECORD, "Thing", "typed", False),
        (RECORD, "Pager[Thing]", "typed", False),
        (RECORD, "Any", "any", False),
        (RECORD, "None", "none", True),
        (SENTENCE, "Any", "any", True),
        (SENTENCE, "Any | None", "any", True),
        (SENTENCE, "None", "none", True),
        (SENTENCE, "builtins.list[Any]", "any", True),
        (operation(responses={"204": {"description": ""}}), "None", "none", False),
        (operation(responses={"200": json_response(envelope(string()))}), "None", "none", True),
        (
            operation(responses={"200": json_response({"properties": {"success": {}}})}),
            "None",
            "none",
            False,
        ),
    ],
)
def test_outcome_of_a_method(
    node: Any, result: str, outcome: str, silent: bool, tmp_path: Path
) -> None:
    found = measured(node, result, tmp_path)
    assert {name for name, count in found.counts.items() if count} == {outcome}
    assert bool(found.silent) is silent


@pytest.mark.parametrize(
    ("place", "silent"),
    [
        ("GET /things", False),
        ("GET /things → responses.200", False),
        ("GET /things → requestBody", True),
        ("GET /things → query parameter page", True),
        ("GET /things/{id} → responses.200", True),
        ("GET /things-and-more", True),
        ("POST /things", True),
    ],
)
def test_a_finding_about_the_result_is_not_silent(place: str, silent: bool, tmp_path: Path) -> None:
    assert bool(measured(SENTENCE, "Any", tmp_path, place).silent) is silent


def test_an_operation_without_a_method_is_omitted(tmp_path: Path) -> None:
    made = package(tmp_path / "made", get=("GET", "/things", "Thing"))
    paths = {"/things": {"get": RECORD, "delete": RECORD, "parameters": []}, "x-note": "no path"}
    found = outcomes(document_operations(document(paths=paths)), made, [])
    assert found.counts == {"typed": 1, "any": 0, "none": 0, "omitted": 1}
    assert found.silent == ["DELETE /things: omitted"]


@pytest.mark.parametrize("path", ["/api/v1/things", "/v2/things", "/things/", "/things?all=1"])
def test_a_request_is_found_under_the_base_url(path: str, tmp_path: Path) -> None:
    found = measured(RECORD, "Thing", tmp_path, path=path)
    assert found.counts["typed"] == 1


def test_labels_match_in_either_syntax(tmp_path: Path) -> None:
    made = package(tmp_path / "made", get=("GET", "/things/{thing_id}", "Thing"))
    paths = {"/things/:id": {"get": RECORD}, "/things/{id}/parts": {"get": RECORD}}
    found = outcomes(document_operations(document(paths=paths)), made, [])
    assert (found.counts["typed"], found.counts["omitted"]) == (1, 1)


def test_security_is_left_out_of_a_copy() -> None:
    made = document(security=[{"apiKey": []}])
    assert "security" not in without_security(made)
    assert made["security"] == [{"apiKey": []}]


def test_totals_and_tables_show_every_result() -> None:
    source = Source(title="Example", group="express", sha256="", npm="example@1.0.0", path="a.json")
    other = Source(title="Broken", group="other", sha256="", npm="example@1.0.0", path="b.json")
    good = Result("3.0.0", {"typed": 3, "omitted": 1}, ["GET /a: omitted"], accepted=True)
    results = {source: good, other: failed(document(), "KeyError: 'x'", 1.0)}
    totals = Totals.of(results.values())
    assert (totals.operations, totals.callable, totals.tracebacks, totals.silent) == (5, 3, 1, 1)
    assert "60.0 % callable" in str(totals)
    text = report(results)
    assert "| Example | 3.0.0 | 4 | 3 | 0 | 0 | 1 | 1 | 0 | 0.0 | yes | 0 |" in text
    assert "| Broken | 3.0.0 | 1 | 0 | 0 | 0 | 1 | 0 | 0 | 1.0 | traceback |  |" in text
    assert "KeyError" in text


def test_the_sources_are_exact() -> None:
    every = sources()
    assert sum(source.group == "express" for source in every) >= 20
    assert len({source.title for source in every}) == len(every)
    for source in every:
        assert re.fullmatch(r"[0-9a-f]{64}", source.sha256), source.title
        assert bool(source.npm) != bool(source.repository), source.title
        assert bool(source.path) != bool(source.annotations), source.title
        exact = source.npm.rpartition("@")[2] if source.npm else source.commit
        assert re.fullmatch(r"\d+\.\d+\.\d+" if source.npm else r"[0-9a-f]{40}", exact)


def test_another_document_than_the_listed_one_is_not_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = Source(title="Example", group="other", sha256="0" * 64, npm="a@1.0.0", path="a.json")
    monkeypatch.setattr("tests.codegen.other_documents.sources._content", lambda _: b"{}")
    with pytest.raises(UnavailableError, match=r"SHA-256 0+ was expected, 44136fa3"):
        obtain(source)
