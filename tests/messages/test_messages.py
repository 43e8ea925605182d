"""Every message that a user can read, as `messages.txt` has it.

After a change on purpose: `python -m tests.messages --write`, and read the difference.
"""

from __future__ import annotations

from pathlib import Path

import anyio
import pytest

from actuallycare import ActuallyCareError
from tests.messages.cases import CASES, Case

SNAPSHOT = Path(__file__).parent / "messages.txt"


def message(case: Case) -> str:
    """Return the type and text of the error that a case ends in."""
    try:
        anyio.run(case)
    except (ActuallyCareError, TypeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    raise AssertionError("no error was raised")


def entry(name: str, case: Case) -> str:
    """Return a case as the snapshot shows it."""
    indented = message(case).replace("\n", "\n    ")
    return f"{name}\n    {indented}\n"


def entries(text: str) -> dict[str, str]:
    """Read a snapshot: entries by name."""
    found = [f"{part.strip()}\n" for part in text.split("\n\n") if part.strip()]
    return {part.partition("\n")[0]: part for part in found}


@pytest.mark.parametrize("name", CASES)
def test_a_message_is_the_one_in_the_snapshot(name: str) -> None:
    kept = entries(SNAPSHOT.read_text(encoding="utf-8")).get(name)
    assert entry(name, CASES[name]) == kept, "run `python -m tests.messages --write`"


def test_the_snapshot_has_no_other_messages() -> None:
    assert list(entries(SNAPSHOT.read_text(encoding="utf-8"))) == list(CASES)
