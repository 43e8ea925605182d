"""Print every message that a user can read; with --write, update the snapshot."""

from __future__ import annotations

import sys

from tests.messages.cases import CASES
from tests.messages.test_messages import SNAPSHOT, entry

text = "\n".join(entry(name, case) for name, case in CASES.items())
if "--write" in sys.argv[1:]:
    SNAPSHOT.write_text(text, encoding="utf-8")
else:
    print(text)
