"""What to say where the sandbox's dependencies are not installed: the SDK comes without them."""

from __future__ import annotations

MISSING = "The ActuallyCare sandbox needs its extra: pip install 'actuallycare[sandbox]'"
