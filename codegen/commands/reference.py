"""`python -m codegen reference`: make openapi.json from the reference, until the first pull."""

from __future__ import annotations

import argparse

from .. import project
from ..document import dumps
from ..errors import CodegenError, Problem
from ..source.published import derive_document, is_derived


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `python -m codegen reference`."""
    parser.add_argument("--check", action="store_true", help="compare instead of writing")


def run(options: argparse.Namespace) -> int:
    """Write or compare openapi.json; return the exit status."""
    text = dumps(derive_document(project.load(project.REFERENCE)))
    if project.DOCUMENT.exists() and not is_derived(project.load(project.DOCUMENT)):
        reason = "was pulled from the vendor; it is not derived from the reference any more"
        raise CodegenError([Problem(project.DOCUMENT.name, reason)])
    if not options.check:
        project.DOCUMENT.write_text(text, encoding="utf-8")
        print(f"{project.DOCUMENT.name}: derived from codegen/{project.REFERENCE.name}")
        return 0
    if project.DOCUMENT.read_text(encoding="utf-8") != text:
        reason = "is not what the reference gives; run `python -m codegen reference`"
        raise CodegenError([Problem(project.DOCUMENT.name, reason)])
    print(f"{project.DOCUMENT.name} is what the reference gives")
    return 0
