"""Tests that take longer, or need environments of their own."""

from __future__ import annotations

import shutil
from pathlib import Path

import nox

from .environment import ROOT, in_dev, install, install_wheel, python
from .modules import register

MODULES: dict[str, tuple[str, str]] = {
    "vendor-test": (
        "tests.reference pytest -q -n 0 tests/vendored",
        "Run the test suite from a vendored copy under another name.",
    ),
    "regenerate-e2e": (
        "tests.reference pytest -q -n 0 tests/integration/test_regenerate.py",
        "Test regeneration over HTTP, from a changed document to a call.",
    ),
    "soak": (
        "tests.soak --seconds 30",
        "Make calls while the sandbox fails at random (--seconds 600), and compare with its log.",
    ),
    "faults": (
        "tests.faults",
        "Try every row of docs/failures.md over real sockets and print the results.",
    ),
    "soak-cancellation": (
        "tests.soak.cancellations --count 100000",
        "Cancel 100,000 calls at random times, by each transport; no other call may notice.",
    ),
    "cancellation": (
        "pytest -q -n auto -m '' tests/faults/test_native_cancellation.py",
        "Interrupt calls at every step of the event loop, in every way (5 minutes).",
    ),
    "secrets": (
        "pytest -q -n auto -m '' tests/secrets/test_faults.py",
        "Search what every fault shows for credentials, with each transport (6 minutes).",
    ),
    "dialects": (
        "tests.dialects",
        "Run what uses a sandbox against both dialects: tests, examples, faults, soak.",
    ),
    "first-pull-rehearsal": (
        "tests.reference pytest -q -n 0 tests/integration/test_first_pull.py",
        "Pull from a real Express back end (installs it from npm), and use the SDK.",
    ),
    "document-sizes": (
        "tests.reference pytest -q -n 0 -m slow tests/codegen/test_sizes.py",
        "Test documents that are large, or whose parts multiply: time and memory.",
    ),
    "other-documents": (
        "tests.codegen.other_documents",
        "Generate from real documents (downloads); write docs/internals/other-documents.md.",
    ),
    "express-test": (
        "tests.reference pytest -q -n 3 -m slow tests/express",
        "Run 240 POSTs and the integration tests through Express and a slow proxy (npm; minutes).",
    ),
    "bulk-kill": (
        "tests.reference pytest -q -n 0 -s -m slow tests/bulk/test_kill.py",
        "Kill a bulk import 20 times; each row is created once or reported.",
    ),
    "sandbox-durability": (
        "tests.reference pytest -q -n 0 -m slow tests/sandbox/data/test_durability.py",
        "Kill the sandbox 20 times during writes; nothing may be lost.",
    ),
}
IN_CI = {"regenerate-e2e", "soak"}

register(MODULES, IN_CI)


@nox.session(name="blocking-test", tags=["ci"])
def blocking_test(session: nox.Session) -> None:
    """Use the blocking client in gunicorn, Celery, Django, Flask and a notebook."""
    install(session, "blocking")
    paths = ["tests/blocking/environments", "tests/blocking/test_processes.py", *session.posargs]
    plugin = ["-p", "actuallycare_sandbox.pytest_plugin"]
    session.run("pytest", "-q", "-n", "2", *plugin, *paths, env={"PYTHONPATH": "src"})


@nox.session(tags=["ci"])
def examples(session: nox.Session) -> None:
    """Run every example with the built wheel, against the sandbox."""
    install(session, "examples")
    install_wheel(session)
    suite = ["pytest", "-q", "-n", "auto", "tests/examples_run", *session.posargs]
    session.run(*suite, env={"ACTUALLYCARE_FROM_WHEEL": "1", "PYTHONPATH": ""})


@nox.session(name="sandbox-conformance")
def sandbox_conformance(session: nox.Session) -> None:
    """Run Schemathesis against the sandbox (--examples 50 --dialect published --seed 1)."""
    install(session, "conformance")
    command = Path(session.bin) / "schemathesis"
    options = ["--schemathesis", str(command), *session.posargs]
    python(session, "-m", "tests.sandbox.conformance", *options)


@in_dev
def mutations(session: nox.Session) -> None:
    """Test changed documents; write docs/internals/mutations.md."""
    python(session, "-m", "tests.codegen.mutations")
    python(session, "-m", "pytest", "-q", "-n", "auto", "tests/codegen/test_mutations.py")


@in_dev
def prism(session: nox.Session) -> None:
    """Call every operation against Prism and the sandbox (needs Node.js)."""
    folder = ROOT / ".prism"
    folder.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / "tests" / "smoke" / name, folder)
    npm = shutil.which("npm") or session.error("npm was not found: install Node.js and try again")
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    session.run(npm, "ci", "--prefix", str(folder), *quiet, external=True)
    python(session, "-m", "tests.smoke", *session.posargs)
