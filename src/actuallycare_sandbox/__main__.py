"""`actuallycare-sandbox`, also `python -m actuallycare_sandbox`: run a local ActuallyCare."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from .messages import MISSING


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until stopped; the exit status."""
    try:
        from .command import run
    except ModuleNotFoundError as error:
        print(f"{MISSING} ({error})", file=sys.stderr)
        return 1
    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
