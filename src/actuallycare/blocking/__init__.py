"""The blocking client. `from actuallycare import ActuallyCare` loads it."""

from __future__ import annotations

from .._core.public import set_public_module
from .client import ActuallyCare
from .options import BlockingClientOptions, BlockingTokenStore
from .pager import BlockingIterator, BlockingPager

__all__ = [
    "ActuallyCare",
    "BlockingClientOptions",
    "BlockingIterator",
    "BlockingPager",
    "BlockingTokenStore",
]

set_public_module(globals(), __all__)
