"""The exact tools that the committed output was made with."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Final

from ..errors import CodegenError, Problem

PINS: Final = {"openapi-python-client": "0.29.1", "ruff": "0.17.6"}
"""Another version may write other bytes; a test compares these with pyproject.toml."""


def check_toolchain() -> None:
    """Raise `CodegenError` unless exactly the pinned tools are installed."""
    problems: list[Problem] = []
    for name, wanted in PINS.items():
        try:
            found = version(name)
        except PackageNotFoundError:
            found = "missing"
        if found != wanted:
            problems.append(
                Problem(name, f"version {wanted} is needed, found {found}; run `make setup`")
            )
    if problems:
        raise CodegenError(problems)
