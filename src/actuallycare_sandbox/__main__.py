"""`actuallycare-sandbox`, also `python -m actuallycare_sandbox`: run a local ActuallyCare."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from .messages import MISSING_EXTRA


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sandbox until it is stopped; return the exit status."""
    try:
        from .command import run
    except ModuleNotFoundError as error:
        print(f"{MISSING_EXTRA} ({error})", file=sys.stderr)
        return 1
    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
