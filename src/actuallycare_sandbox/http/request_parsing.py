"""From an HTTP request to documented values: body, query and path, or a documented refusal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from starlette.requests import Request

from ..json_value import as_object
from ..protocol.errors import ApiError, invalid, not_found
from ..spec.document import Document, Operation
from ..spec.validation import Validator


async def read_body(request: Request, limit: int) -> bytes:
    """The whole body.

    Raises:
        ApiError: 400 when it is over the limit; no more than the limit is kept in memory.
        ClientDisconnect: the client went away.
    """
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise _body_problem(f"body is larger than {limit} bytes")
        chunks.append(chunk)
    return b"".join(chunks)


def decode(operation: Operation, content_type: str, body: bytes) -> tuple[str, Any] | None:
    """The content type and the value of a body; None when there is none and none is needed.

    Raises:
        ApiError: 400: missing, of another type, not JSON, or text that is not Unicode.
    """
    if operation.body is None:
        return None
    if not body:
        if operation.body.required:
            raise _body_problem("body is required")
        return None
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in operation.body.schemas:
        accepted = ", ".join(operation.body.schemas)
        raise _body_problem(f"Content-Type must be {accepted}; it is {kind or 'missing'}")
    return kind, _parse(body)


def validated(
    document: Document,
    validator: Validator,
    operation: Operation,
    path: Mapping[str, str],
    query: Mapping[str, list[str]],
    body: tuple[str, Any] | None,
) -> tuple[dict[str, Any], Any]:
    """Query values, and the documented part of the body.

    Raises:
        ApiError: 400 with one entry a wrong field; 404 for a path that cannot name a record.
    """
    _, wrong = validator.parameters(operation, "path", {k: [v] for k, v in path.items()})
    if wrong:
        raise not_found("Record")
    values, problems = validator.parameters(operation, "query", query)
    content: Any = None
    if body is not None and operation.body is not None:
        kind, content = body
        problems += validator.body(operation.body, kind, content)
        known = document.properties(operation.body.schemas[kind])
        content = _only(known, content)
    if problems:
        raise invalid(problems)
    return values, content


def _only(known: Mapping[str, Any], content: Any) -> Any:
    """What of an object is documented; a free-form object is taken as it is."""
    fields = as_object(content)
    if not known or fields is None:
        return content
    return {name: value for name, value in fields.items() if name in known}


def _parse(body: bytes) -> Any:
    try:
        value = json.loads(body, parse_constant=_no_constant)
        # Half a surrogate pair and 1e999 are JSON, but nothing that could be sent back.
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except RecursionError as error:
        raise _body_problem("body is nested too deeply") from error
    except ValueError as error:
        raise _body_problem("body is not valid JSON") from error
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _body_problem(message: str) -> ApiError:
    return invalid([{"field": "body", "message": message}])
