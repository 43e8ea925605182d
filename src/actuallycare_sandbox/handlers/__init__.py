"""What each operation does.

A handler is a plain function from a `Call` to an `Outcome`; it runs inside one transaction and
refuses by raising `ApiError`. Operations without a handler of their own are served by `crud` from
their path and schema alone.
"""

from __future__ import annotations
