"""Mutation testing: does a test fail when the code of a pure module is changed?"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nox

from .environment import ROOT, install

GOAL = 90
"""Per cent of the mutants that tests must kill."""
RETRY = ("unit/retry", "messages")
AUTH = ("unit/auth", "messages")
FIELDS = ("unit/envelope/test_read_fields.py", "unit/envelope/test_unreadable.py")
PAGES = ("unit/pagination/test_page.py", "unit/pagination/test_page_limits.py", "messages")
SENT = (
    "unit/test_scalars.py",
    "unit/test_scalar_limits.py",
    "unit/test_serialize.py",
    "unit/test_serialize_limits.py",
    "unit/test_custom_request.py",
    "messages",
)
UNWRAP = (
    "unit/envelope/test_body.py",
    "unit/envelope/test_error_envelope.py",
    "unit/envelope/test_unwrap.py",
    "unit/envelope/test_record_forms.py",
    "messages",
)
MODULES: dict[str, tuple[str, ...]] = {
    "retry.policy": RETRY,
    "rate_limit": ("unit/test_rate_limit.py",),
    "envelope.convert": ("unit/envelope",),
    "envelope.decode": ("unit/envelope", "messages"),
    "envelope.discriminator": ("unit/envelope",),
    "envelope.fields": FIELDS,
    "envelope.unreadable": FIELDS,
    "envelope.unwrap": UNWRAP,
    "pagination.meta": PAGES,
    "pagination.offset": ("unit/pagination/test_offset.py",),
    "pagination.page": PAGES,
    "auth.credentials": AUTH,
    "auth.tokens": AUTH,
    "scalars": SENT,
    "serialize": SENT,
}
"""The modules that decide, and neither send nor wait; and the tests of each, which are fast."""
_NOTHING_TO_CHANGE = "could not find any test case for any mutant"
"""Part of what mutmut prints before it ends with an error."""
_NOT_COPIED = (".*", "build", "dist", "mutants", "benchmarks")


@nox.session(name="mutation-testing")
def mutation_testing(session: nox.Session) -> None:
    """Change the pure modules, and count the changes that tests notice (-- retry.policy: one)."""
    modules = session.posargs or list(MODULES)
    if unknown := ", ".join(set(modules) - set(MODULES)):
        session.error(f"{unknown}: no such module; pass one of {', '.join(MODULES)}")
    install(session, "mutation")
    scores = {module: _score(session, module) for module in modules}
    for module, (killed, tried) in scores.items():
        score = f"{killed / tried:.1%}" if tried else "none"
        session.log(f"{module}: {killed} of {tried} mutants were killed: {score}")
    if empty := ", ".join(module for module, (_, tried) in scores.items() if not tried):
        reason = "the tests run no line of it that mutmut can change"
        session.error(f"{empty}: {reason}; correct MODULES in tasks/mutation.py")
    if any(100 * killed < GOAL * tried for killed, tried in scores.values()):
        session.error(f"the goal is {GOAL} %: test the survivors, or document why they stay")


def _score(session: nox.Session, module: str) -> tuple[int, int]:
    """Return how many mutants of a module were killed, and how many there are."""
    folder = ROOT / "build" / "mutation" / module
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*_NOT_COPIED))
    _configure(folder / "pyproject.toml", module)
    with session.chdir(folder):
        run = ["mutmut", "run", "--max-children", "1"]
        output = str(session.run(*run, silent=True, success_codes=[0, 1]))
        if _NOTHING_TO_CHANGE in output:
            return 0, 0
        session.run("mutmut", "results")
        session.run("mutmut", "export-cicd-stats", silent=True)
    report = folder / "mutants" / "mutmut-cicd-stats.json"
    stats = json.loads(report.read_text(encoding="utf-8"))
    killed: int = stats["killed"] + stats["timeout"]
    if not killed:  # such as when the tests fail without a change
        end = "\n".join(output.splitlines()[-30:])
        session.error(f"{module}: mutmut killed nothing. Its output ends with:\n{end}")
    return killed, stats["total"] - stats["skipped"]


def _configure(pyproject: Path, module: str) -> None:
    """Add the module and its tests to the settings of mutmut, which reads no other file."""
    source = f"src/actuallycare/_core/{module.replace('.', '/')}.py"
    tests = [f"tests/{name}" for name in MODULES[module]]
    # A JSON array of plain strings is one of TOML too.
    added = {"only_mutate": [source], "pytest_add_cli_args_test_selection": tests}
    lines = [f"{name} = {json.dumps(value)}" for name, value in added.items()]
    text = pyproject.read_text(encoding="utf-8")
    section = "[tool.mutmut]\n"
    pyproject.write_text(text.replace(section, section + "\n".join(lines) + "\n"), encoding="utf-8")
