"""Mutation testing: does a test fail when the code of a pure module is changed?"""

from __future__ import annotations

import json
from pathlib import Path

import nox

from .environment import install

GOAL = 90
"""Per cent of the mutants that tests must kill."""


@nox.session(name="mutation-testing")
def mutation_testing(session: nox.Session) -> None:
    """Change the pure modules, and count the changes that tests notice (-- retry.policy: one)."""
    install(session, "mutation")
    names = [f"actuallycare._core.{module}.*" for module in session.posargs]
    session.run("mutmut", "run", *names)
    session.run("mutmut", "results")
    session.run("mutmut", "export-cicd-stats", silent=True)
    stats = json.loads(Path("mutants/mutmut-cicd-stats.json").read_text(encoding="utf-8"))
    killed = stats["killed"] + stats["timeout"]
    tried = killed + stats["survived"] + stats["no_tests"] + stats["suspicious"]
    score = 100 * killed / tried
    session.log(f"{killed} of {tried} mutants were killed: {score:.1f} % (goal: {GOAL} %)")
    if score < GOAL:
        session.error("test the survivors, or say in the documentation why they stay")
