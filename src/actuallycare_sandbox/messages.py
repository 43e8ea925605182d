"""Messages shown where the sandbox's dependencies are missing; imports nothing that needs them."""

from __future__ import annotations

MISSING_EXTRA = "The ActuallyCare sandbox needs its extra: pip install 'actuallycare[sandbox]'"
