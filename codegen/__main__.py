"""`python -m codegen COMMAND`: the command line; --help lists the commands."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from .commands import diff, generate, inferred, reference, regenerate, release, vendor
from .errors import CodegenError
from .source import pull


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m codegen", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, add_arguments, run, text in (
        ("pull", pull.add_arguments, pull.run, "fetch the vendor's document into openapi.json"),
        ("generate", generate.add_arguments, generate.run, "write the generated code of the SDK"),
        ("check", generate.add_arguments, generate.check, "compare the committed code with it"),
        ("regenerate", regenerate.add_arguments, regenerate.run, "pull; if it changed: the rest"),
        ("diff", diff.add_arguments, diff.run, "what changed between two documents, for callers"),
        ("vendor", vendor.add_arguments, vendor.run, "copy the SDK into another one"),
        ("release", release.add_arguments, release.run, "write the names that a release promises"),
        ("reference", reference.add_arguments, reference.run, "make openapi.json until a pull"),
        ("inferred", inferred.add_arguments, inferred.run, "count what the reference infers"),
    ):
        command = commands.add_parser(name, help=text)
        add_arguments(command)
        command.set_defaults(run=run)
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options))
    except CodegenError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
