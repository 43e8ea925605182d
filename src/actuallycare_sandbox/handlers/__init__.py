"""The handlers of the operations.

A handler is a function from a `RequestContext` to a `HandlerResult`. It runs inside one transaction
and raises `ApiError` for an error response. Operations without a handler of their own are served by
`crud`, from their path and schema.
"""

from __future__ import annotations
