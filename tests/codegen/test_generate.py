"""Generation as a whole: the same bytes wherever it runs, and nothing edited or lost unseen."""

from __future__ import annotations

import copy
import json
import os
import re
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from codegen.api import Api, Enum, Field, Model, Operation, Type
from codegen.backend.openapi_python_client import differences as parser_differences
from codegen.document import dumps
from codegen.errors import CodegenError
from codegen.output.install import FOLDERS, replace_folders
from codegen.output.toolchain import PINS
from codegen.output.verify import verify
from codegen.render.text import RAISES, safe_line

from .documents import ROOT, document, generate, obj, run, sdk, string

DOCUMENT: dict[str, Any] = json.loads((ROOT / "openapi.json").read_text(encoding="utf-8"))


def codegen(
    *arguments: str, cwd: Path | None = None, root: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `python -m codegen` of the checkout at `root`, from there or from `cwd`."""
    return subprocess.run(
        [sys.executable, "-m", "codegen", *arguments],
        cwd=cwd or root,
        env={**os.environ, "PYTHONPATH": str(root), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what generation reads and writes."""
    root = tmp_path / "checkout"
    for name in ("codegen", "src/actuallycare"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "docs").mkdir()
    for name in ("openapi.json", "docs/api.md"):
        shutil.copy(ROOT / name, root / name)
    return root


def generated_files(root: Path) -> dict[str, bytes]:
    """The generated files of a checkout."""
    package = root / "src/actuallycare"
    return {
        path.relative_to(package).as_posix(): path.read_bytes()
        for folder in FOLDERS
        for path in (package / folder).rglob("*.py")
    }


def test_the_committed_code_is_what_the_document_gives() -> None:
    done = codegen("check")
    assert done.returncode == 0, done.stderr
    assert "64 operations" in done.stdout


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_neither_hash_seed_nor_working_directory_nor_checkout_matters(
    seed: str, checkout: Path, tmp_path: Path
) -> None:
    done = codegen("check", cwd=tmp_path, root=checkout, PYTHONHASHSEED=seed)
    assert done.returncode == 0, done.stderr


def test_neither_ruff_on_the_path_nor_its_configuration_matters(
    checkout: Path, tmp_path: Path
) -> None:
    fake = tmp_path / "bin" / "ruff"
    fake.parent.mkdir()
    fake.write_text("#!/bin/sh\necho 'another version' >&2\nexit 1\n", encoding="utf-8")
    fake.chmod(0o755)
    (checkout / "ruff.toml").write_text("line-length = 40\n", encoding="utf-8")
    path = f"{fake.parent}{os.pathsep}{os.environ['PATH']}"
    done = codegen("check", root=checkout, cwd=checkout, PATH=path, RUFF_LINE_LENGTH="40")
    assert done.returncode == 0, done.stderr


def test_an_edited_file_is_found(checkout: Path) -> None:
    models = checkout / "src/actuallycare/models"
    (models / "listing.py").write_text("# edited\n", encoding="utf-8")
    (models / "extra.py").write_text("", encoding="utf-8")
    (models / "lead.py").unlink()
    done = codegen("check", root=checkout)
    assert done.returncode == 1
    assert done.stderr.splitlines()[:3] == [
        "not generated: models/extra.py",
        "missing: models/lead.py",
        "differs: models/listing.py",
    ]
    assert "Generated files are never edited" in done.stderr


def test_generating_mends_an_edited_checkout(checkout: Path) -> None:
    shutil.rmtree(checkout / "src/actuallycare/api")
    (checkout / "src/actuallycare/models/extra.py").write_text("", encoding="utf-8")
    done = codegen("generate", root=checkout)
    assert done.returncode == 0, done.stderr
    assert generated_files(checkout) == generated_files(ROOT)
    assert not list((checkout / "src/actuallycare").glob(".*"))


def without_schema(made: Any) -> None:
    made["paths"]["/extra"] = {"get": {"responses": {"200": {"description": "Found"}}}}


def parameter_without_name(made: Any) -> None:
    del made["paths"]["/listings"]["get"]["parameters"][1]["name"]


def unresolvable(made: Any) -> None:
    listing = made["components"]["schemas"]["Listing"]["properties"]
    listing["twin"] = {"$ref": "#/components/schemas/Gone"}


FAULTS = [
    (without_schema, "GET /extra → responses.200: no schema is documented"),
    (parameter_without_name, "GET /listings → parameters: a parameter without a name"),
    (
        unresolvable,
        "components.schemas.Listing.twin: '#/components/schemas/Gone' points to nothing",
    ),
]


@pytest.mark.parametrize(("fault", "finding"), FAULTS, ids=lambda x: getattr(x, "__name__", ""))
def test_a_fault_is_a_fallback_that_the_check_asks_to_review(
    fault: Any, finding: str, checkout: Path
) -> None:
    made = copy.deepcopy(DOCUMENT)
    fault(made)
    (checkout / "openapi.json").write_text(dumps(made), encoding="utf-8")
    done = codegen("check", root=checkout)
    assert done.returncode == 1
    assert f"new fallback: {finding}" in done.stderr or finding in done.stderr
    done = codegen("generate", root=checkout)
    assert done.returncode == 0, done.stderr
    assert finding in done.stdout
    assert finding.partition(": ")[0].split(" → ")[-1] in (
        checkout / "codegen/fallbacks.toml"
    ).read_text(encoding="utf-8")
    assert codegen("check", root=checkout).returncode == 0


def test_a_strict_run_rejects_fallbacks_and_writes_nothing(checkout: Path) -> None:
    made = copy.deepcopy(DOCUMENT)
    without_schema(made)
    (checkout / "openapi.json").write_text(dumps(made), encoding="utf-8")
    before = generated_files(checkout)
    done = codegen("generate", "--strict", root=checkout)
    assert done.returncode == 1
    assert "no schema is documented" in done.stderr
    assert generated_files(checkout) == before


REJECTED = [
    ([], "an object was expected"),
    ({"swagger": "2.0", "paths": {"/a": {}}}, "OpenAPI 3.0 or 3.1 was expected"),
    ({"openapi": "3.0.0", "paths": {}}, "there are no paths"),
    ({"openapi": "3.0.0", "paths": {"/a": {"get": 5}}}, "an operation object was expected"),
]


@pytest.mark.parametrize(("made", "reason"), REJECTED)
def test_only_these_documents_are_rejected(made: Any, reason: str) -> None:
    with pytest.raises(CodegenError, match=reason):
        run(made)


class Parsed:
    """The result of a parser that lost everything."""

    endpoint_collections_by_tag: dict[str, Any] = {}  # noqa: RUF012 - an attribute, never changed
    models: list[Any] = []  # noqa: RUF012
    enums: list[Any] = []  # noqa: RUF012


def test_whatever_the_generator_loses_is_a_problem() -> None:
    field = Field("id", "id", Type("string"), required=True)
    api = Api(
        {"things.get": Operation("things", "get", "GET", "/a", "GET /a", "none")},
        {"Thing": Model("Thing", "thing", "", is_input=False, fields=(field,))},
        {"X": Enum("X", "x", "", ("a",))},
    )
    parsed: Any = Parsed()
    assert [problem.place for problem in parser_differences(api, parsed)] == [
        "operation things_get",
        "model Thing",
        "enum X",
    ]


FOREIGN = [
    ("import os", "imports os"),
    ("os.abort()", "an expression that is a statement"),
    ("__import__('os')", "the name '__import__'"),
    ("x = [eval(y) for y in 'a']", "ListComp"),
    ("def more() -> None: ...", "an expression that is a statement"),
    ("class More: pass", "a class More that nothing describes"),
    ("from os import path", "imports from os"),
    ("for x in (): pass", "a statement of kind For"),
]


@pytest.mark.parametrize(("code", "reason"), FOREIGN)
def test_code_that_no_template_prints_is_found(code: str, reason: str) -> None:
    described = run(document())
    files = generate(described)
    verify(files, described.api)
    for path in ("api/things.py", "models/thing.py"):
        with pytest.raises(CodegenError, match=re.escape(reason)):
            verify({**files, path: f"{files[path]}\n{code}\n"}, described.api)


def test_a_missing_argument_or_field_is_found() -> None:
    described = run(document())
    files = generate(described)
    for path, text, other in (
        ("api/things.py", "self, id: str", "self, other: str"),
        ("models/thing.py", "    id: str\n", "    other: str\n"),
    ):
        changed = files[path].replace(text, other)
        assert changed != files[path]
        with pytest.raises(CodegenError, match=r"differs|the name 'other'"):
            verify({**files, path: changed}, described.api)


HOSTILE = [
    'ends with a quote"',
    'breaks out """\nimport os\nos.abort()\n"""',
    "a backslash at the end \\",
    "{jinja} {{ 7 * 7 }} {% raw %}",
    "null \x00 and bell \x07",
    "\N{RIGHT-TO-LEFT OVERRIDE}reversed",
    "'''\"\"\"\\'''",
    "\\N{BULLET} \\u0000 \\x",
    "very long " + "x" * 300,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_the_document_becomes_code(text: str, tmp_path: Path) -> None:
    made = document(
        schemas={"Thing": obj({"id": string(description=text)}, description=text)},
    )
    operation = made["paths"]["/things/{id}"]["get"]
    operation["summary"] = operation["description"] = text
    operation["parameters"][0]["description"] = text
    module = sdk(made, tmp_path)
    assert module.AsyncActuallyCare().things.get.__doc__
    assert module.models.Thing.__doc__
    assert "49" not in module.models.Thing.__doc__.replace("{{ 7 * 7 }}", "")


def test_markdown_links_read_as_their_labels() -> None:
    assert safe_line("see [Errors](/api/errors) there") == "see Errors there"


def test_an_installation_that_fails_leaves_the_old_folders(tmp_path: Path) -> None:
    target = tmp_path / "target"
    for folder in (target / "a", target / "b"):
        folder.mkdir(parents=True)
        (folder / "file").write_text(str(folder), encoding="utf-8")
    with pytest.raises(OSError, match="b"):
        replace_folders({"a/file": "new"}, target, ["a", "b"])
    assert (target / "a" / "file").read_text(encoding="utf-8") == str(target / "a")
    assert sorted(p.name for p in target.iterdir()) == ["a", "b"]


def test_the_pins_are_those_of_the_project() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lock = (ROOT / "requirements/dev.txt").read_text(encoding="utf-8")
    for name, version in PINS.items():
        assert f'"{name}=={version}"' in text
        assert f"{name}=={version} " in lock


def test_documented_errors_are_the_ones_that_are_raised() -> None:
    from actuallycare._core.errors import error_class

    for status, name in RAISES.items():
        assert error_class(status).__name__ == name


def test_a_full_regeneration_takes_seconds(checkout: Path) -> None:
    # Of the processor: what else the machine does is not the generator's. It is under 5 s on a
    # quiet machine; two workers that share a core make it longer.
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = codegen("generate", root=checkout)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 8
    assert generated_files(checkout) == generated_files(ROOT)
