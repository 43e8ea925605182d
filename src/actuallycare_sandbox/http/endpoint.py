"""Process a request: authenticate, authorize, validate, call the handler, build the envelope."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable, Mapping

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ..auth.authentication import authenticate
from ..auth.user import permission_problem
from ..backend import Backend
from ..handlers.context import Handler, RequestContext
from ..protocol.envelope import success
from ..protocol.errors import ApiError
from ..spec.document import OperationSpec
from .request_parsing import decode_body, read_body, validate
from .responses import error_response, internal_error, json_response

log = logging.getLogger("actuallycare_sandbox")


class Endpoint:
    """Serves the operations of one path.

    Args:
        backend: the parts of this sandbox.
        operations: the operation and its handler by HTTP method.
    """

    def __init__(
        self, backend: Backend, operations: Mapping[str, tuple[OperationSpec, Handler]]
    ) -> None:
        self._backend = backend
        self._operations = operations

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to a request; undocumented methods get a 405."""
        response = await self._respond(Request(scope, receive, send))
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        """Return a response in the documented envelope, also for an unexpected exception."""
        known = self._operations.get("GET" if request.method == "HEAD" else request.method)
        if known is None:
            return error_response(self._backend, method_not_allowed(self._operations))
        operation, handler = known
        try:
            return await self._serve(request, operation, handler)
        except ApiError as error:
            return error_response(self._backend, error)
        except ClientDisconnect:
            return Response(status_code=499)
        except Exception:
            error_id = str(uuid.uuid4())
            log.exception("%s failed; errorId %s", operation.name, error_id)
            return internal_error(self._backend, error_id)

    async def _serve(
        self, request: Request, operation: OperationSpec, handler: Handler
    ) -> Response:
        backend = self._backend
        body = await read_body(request, backend.settings.body_limit)
        with backend.store.transaction():
            try:
                context = self._create_context(request, operation, body)
                result = handler(context)
            except ApiError as error:
                if not error.keep_writes:
                    raise
                return error_response(backend, error)
            has_deliveries = backend.dispatcher.enqueue(context.events)
        if has_deliveries:
            backend.dispatcher.wake()
        if context.layout.top is None:
            return Response(status_code=operation.success_status)
        plain = success(context.layout, result, context.now)
        response = json_response(
            backend.dialect.succeed(operation.name, plain), operation.success_status
        )
        for name, value in backend.dialect.cookies(operation.name, plain).items():
            response.set_cookie(name, value, httponly=True, secure=True, samesite="strict")
        return response

    def _create_context(
        self, request: Request, operation: OperationSpec, body: bytes
    ) -> RequestContext:
        backend = self._backend
        user = authenticate(
            backend.store, backend.tokens, backend.clock, operation, request.headers
        )
        if user and (problem := permission_problem(user, operation)):
            raise problem
        path = {name: str(value) for name, value in request.path_params.items()}
        query = {name: request.query_params.getlist(name) for name in request.query_params}
        decoded = decode_body(operation, request.headers.get("content-type", ""), body)
        values, content = validate(
            backend.document, backend.validator, operation, path, query, decoded
        )
        return RequestContext(
            backend=backend,
            operation=operation,
            user=user,
            path=path,
            query=values,
            body=backend.dialect.receive(content),
            address=request.client.host if request.client else "unknown",
            user_agent=request.headers.get("user-agent"),
        )


def method_not_allowed(methods: Iterable[str]) -> ApiError:
    """Return a 405 with the methods of the path."""
    allowed = {*methods, "HEAD"} if "GET" in methods else {*methods}
    return ApiError(
        405,
        "METHOD_NOT_ALLOWED",
        "Method not allowed",
        headers={"Allow": ", ".join(sorted(allowed))},
    )
