"""Generation as a whole: the same bytes wherever it runs, and nothing edited or lost unseen."""

from __future__ import annotations

import copy
import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from codegen.accounting import check_accounts
from codegen.document import dumps
from codegen.refusal import Refused
from codegen.rendering.text import RAISES, plain
from codegen.swap import differences, swap_in
from codegen.toolchain import PINS

from .documents import ROOT, document, obj, sdk, string

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
    shutil.copy(ROOT / "openapi.json", root / "openapi.json")
    return root


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
    for folder in ("api", "models"):
        old, new = ROOT / "src/actuallycare", checkout / "src/actuallycare"
        assert differences(new, old, [folder]) == []
    assert not list((checkout / "src/actuallycare").glob(".*"))


def without_schema(made: Any) -> None:
    content = made["paths"]["/listings/{id}"]["get"]["responses"]["200"]["content"]
    del content["application/json"]["schema"]


def duplicate_id(made: Any) -> None:
    made["paths"]["/listings"]["get"]["operationId"] = "twice"
    made["paths"]["/leads"]["get"]["operationId"] = "twice"


def parameter_without_schema(made: Any) -> None:
    del made["paths"]["/listings"]["get"]["parameters"][1]["schema"]


def unresolvable(made: Any) -> None:
    del made["components"]["schemas"]["User"]


REFUSED = [
    (without_schema, "GET /listings/{id} → responses.200.content.application/json: has no schema"),
    (duplicate_id, "GET /listings: operationId 'twice' is also that of GET /leads"),
    (parameter_without_schema, "GET /listings → query parameter minPrice: has no schema"),
    (unresolvable, "'#/components/schemas/User' points to nothing"),
]


@pytest.mark.parametrize(("fault", "problem"), REFUSED, ids=lambda x: getattr(x, "__name__", ""))
def test_a_faulty_document_is_refused_and_nothing_written(
    fault: Any, problem: str, tmp_path: Path, checkout: Path
) -> None:
    made = copy.deepcopy(DOCUMENT)
    fault(made)
    file = tmp_path / "faulty.json"
    file.write_text(dumps(made), encoding="utf-8")
    done = codegen("generate", "--document", str(file), root=checkout)
    assert done.returncode == 1
    assert "refused: " in done.stderr
    assert problem in done.stderr
    old, new = ROOT / "src/actuallycare", checkout / "src/actuallycare"
    assert differences(new, old, ["api", "models"]) == []


class Parsed:
    """What a generator would have parsed that lost everything."""

    endpoint_collections_by_tag: dict[str, Any] = {}  # noqa: RUF012 - stands for an attribute
    models: list[Any] = []  # noqa: RUF012
    enums: list[Any] = []  # noqa: RUF012


def test_whatever_is_lost_between_in_and_out_is_fatal() -> None:
    expected = {
        "operations": {"things_get": []},
        "models": {"Thing": ["id"]},
        "enums": {"X": ["a"]},
    }
    parsed: Any = Parsed()
    with pytest.raises(Refused) as caught:
        check_accounts(expected, parsed)
    assert [problem.place for problem in caught.value.problems] == [
        "operation things_get",
        "model Thing",
        "enum X",
    ]


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
    assert plain("see [Errors](/api/errors) there") == "see Errors there"


def test_a_swap_that_fails_leaves_the_old_folders(tmp_path: Path) -> None:
    fresh, target = tmp_path / "fresh", tmp_path / "target"
    for folder in (fresh / "a", target / "a", target / "b"):
        folder.mkdir(parents=True)
        (folder / "file").write_text(str(folder), encoding="utf-8")
    with pytest.raises(OSError, match="b"):
        swap_in(fresh, target, ["a", "b"])
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


def test_a_full_regeneration_takes_under_5_seconds(checkout: Path) -> None:
    # Of the processor: what else the machine does is not the generator's.
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = codegen("generate", root=checkout)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 5
    for part in ("api", "models"):
        assert differences(checkout / "src/actuallycare", ROOT / "src/actuallycare", [part]) == []
