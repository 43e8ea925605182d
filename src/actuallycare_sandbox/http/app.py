"""The ASGI application: one route for each path of the document."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager, closing

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..backend import Backend
from ..handlers.context import Handler
from ..handlers.registry import handler_for
from ..protocol.errors import route_not_found
from ..settings import Settings
from ..spec.document import OperationSpec, explain_document_errors
from . import api_docs, control_routes
from .browser_guard import BrowserGuardMiddleware
from .endpoint import Endpoint, method_not_allowed
from .fault_injection import FaultInjectionMiddleware
from .rate_limit_middleware import RateLimitMiddleware
from .responses import error_response, json_response


def create_app(settings: Settings | None = None, backend: Backend | None = None) -> Starlette:
    """Create an ASGI application; its state is in `app.state.backend`.

    A new backend is closed when the server shuts the application down.

    Args:
        settings: the configuration of a new backend.
        backend: an existing backend to use instead, for example one with its own clock.

    Raises:
        DocumentError: the OpenAPI document cannot be served.
        StoreError: the data file cannot be used.
    """
    owned = ExitStack()
    if backend is None:
        backend = owned.enter_context(closing(Backend(settings or Settings())))
    try:
        with explain_document_errors():
            app = _application(backend, owned)
    except BaseException:
        owned.close()
        raise
    app.router.redirect_slashes = False  # an undocumented path is a 404
    app.state.backend = backend
    return app


def _application(backend: Backend, owned: ExitStack) -> Starlette:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        with owned:
            yield

    return Starlette(
        lifespan=lifespan,
        routes=[*api_docs.routes(backend), *control_routes.routes(backend), *_routes(backend)],
        middleware=[
            Middleware(BrowserGuardMiddleware, allowed_hosts=backend.settings.allowed_hosts),
            Middleware(FaultInjectionMiddleware, backend=backend),
            Middleware(RateLimitMiddleware, backend=backend),
        ],
        exception_handlers={HTTPException: _http_exception(backend)},
    )


def _routes(backend: Backend) -> list[Route]:
    document = backend.document
    endpoints: dict[str, dict[str, tuple[OperationSpec, Handler]]] = {}
    for operation in document.operations:
        handler = handler_for(operation, backend.layout(operation), backend.dialect.name)
        endpoints.setdefault(operation.path, {})[operation.method] = (operation, handler)

    described = backend.dialect.describe(document.raw)

    async def openapi(_: Request) -> Response:
        return json_response(described, 200)

    return [
        Route(f"{document.base_path}/openapi.json", openapi),
        *(
            Route(document.base_path + path, Endpoint(backend, endpoints[path]))
            for path in sorted(endpoints, key=_specificity)
        ),
    ]


def _specificity(path: str) -> list[bool]:
    """Return a key that sorts /contacts/search before /contacts/{id}: the first match is used."""
    return [part.startswith("{") for part in path.split("/")]


def _http_exception(backend: Backend) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def handle(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code == 404:
            return error_response(backend, route_not_found(request.method, request.url.path))
        allowed = (error.headers or {}).get("Allow", "").split(", ")
        return error_response(backend, method_not_allowed(allowed))

    return handle
