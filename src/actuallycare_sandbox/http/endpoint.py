"""The way of one request: credential, permission, values, handler, envelope."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ..auth.authentication import sign_in
from ..auth.user import permission_problem
from ..backend import Backend
from ..handlers.context import Call, Handler
from ..protocol.envelope import encode, failure, success
from ..protocol.errors import ApiError
from ..spec.document import Operation
from .request_parsing import decode, read_body, validated

log = logging.getLogger("actuallycare_sandbox")


class Endpoint:
    """Serves the operations of one path.

    Args:
        backend: the parts of this sandbox.
        operations: operation and handler by HTTP method.
    """

    def __init__(
        self, backend: Backend, operations: Mapping[str, tuple[Operation, Handler]]
    ) -> None:
        self._backend = backend
        self._operations = operations

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as an ASGI application: a path answers every method, if only with 405."""
        response = await self._answer(Request(scope, receive, send))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        """The response, in the documented envelope whatever happens."""
        known = self._operations.get("GET" if request.method == "HEAD" else request.method)
        if known is None:
            return refusal(self._backend, method_not_allowed(self._operations))
        operation, handler = known
        try:
            return await self._serve(request, operation, handler)
        except ApiError as error:
            return refusal(self._backend, error)
        except ClientDisconnect:
            return Response(status_code=499)
        except Exception:
            error_id = str(uuid.uuid4())
            log.exception("%s failed; errorId %s", operation.name, error_id)
            return broken(self._backend, error_id)

    async def _serve(self, request: Request, operation: Operation, handler: Handler) -> Response:
        backend = self._backend
        body = await read_body(request, backend.settings.body_limit)
        with backend.store.transaction():
            try:
                call = self._call(request, operation, body)
                outcome = handler(call)
            except ApiError as error:
                if not error.keep_writes:
                    raise
                return refusal(backend, error)
            told = backend.courier.enqueue(call.events)
        if told:
            backend.courier.wake()
        if call.shape.top is None:
            return Response(status_code=operation.success_status)
        return json_response(success(call.shape, outcome, call.now), operation.success_status)

    def _call(self, request: Request, operation: Operation, body: bytes) -> Call:
        backend = self._backend
        principal = sign_in(
            backend.store, backend.tokens, backend.clock, operation, request.headers
        )
        if principal and (problem := permission_problem(principal, operation)):
            raise problem
        path = {name: str(value) for name, value in request.path_params.items()}
        query = {name: request.query_params.getlist(name) for name in request.query_params}
        decoded = decode(operation, request.headers.get("content-type", ""), body)
        values, content = validated(
            backend.document, backend.validator, operation, path, query, decoded
        )
        return Call(
            backend=backend,
            operation=operation,
            principal=principal,
            path=path,
            query=values,
            body=content,
            address=request.client.host if request.client else "unknown",
            agent=request.headers.get("user-agent"),
        )


def json_response(body: Any, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON response."""
    return Response(encode(body), status, headers, media_type="application/json")


def method_not_allowed(methods: Iterable[str]) -> ApiError:
    """405 with the methods that the path has."""
    allowed = {*methods, "HEAD"} if "GET" in methods else {*methods}
    return ApiError(
        405,
        "METHOD_NOT_ALLOWED",
        "Method not allowed",
        headers={"Allow": ", ".join(sorted(allowed))},
    )


def refusal(backend: Backend, error: ApiError) -> Response:
    """The response that an `ApiError` stands for."""
    return json_response(failure(error, backend.clock.now()), error.status, error.headers)


def broken(backend: Backend, error_id: str) -> Response:
    """500: a fault of the sandbox; its traceback is in the log, never on the wire."""
    error = ApiError(500, "INTERNAL_ERROR", "Internal server error")
    return json_response(failure(error, backend.clock.now(), error_id), error.status)
