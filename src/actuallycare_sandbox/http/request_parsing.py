"""Parse a request into documented values: path, query and body."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from starlette.requests import Request

from ..json_value import as_object
from ..protocol.errors import ApiError, invalid, not_found
from ..spec.document import Document, OperationSpec
from ..spec.validation import Validator


async def read_body(request: Request, limit: int) -> bytes:
    """Return the whole body.

    Raises:
        ApiError: 400 if it is over the limit; no more than the limit is kept in memory.
        ClientDisconnect: the client closed the connection.
    """
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise _body_problem(f"body is larger than {limit} bytes")
        chunks.append(chunk)
    return b"".join(chunks)


def decode_body(operation: OperationSpec, content_type: str, body: bytes) -> tuple[str, Any] | None:
    """Return the content type and the value of a body; None for an operation or request without.

    Raises:
        ApiError: 400 if the body is missing, of another content type, or not valid JSON.
    """
    if operation.body is None:
        return None
    if not body:
        if operation.body.required:
            raise _body_problem("body is required")
        return None
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type not in operation.body.schemas:
        accepted = ", ".join(operation.body.schemas)
        raise _body_problem(f"Content-Type must be {accepted}; it is {media_type or 'missing'}")
    return media_type, _parse_json(body)


def validate(
    document: Document,
    validator: Validator,
    operation: OperationSpec,
    path: Mapping[str, str],
    query: Mapping[str, list[str]],
    body: tuple[str, Any] | None,
) -> tuple[dict[str, Any], Any]:
    """Return the query values and the documented part of the body.

    Raises:
        ApiError: 400 with one entry for each invalid field; 404 for an invalid path parameter.
    """
    _, path_problems = validator.parameters(operation, "path", {k: [v] for k, v in path.items()})
    if path_problems:
        raise not_found("Record")
    values, problems = validator.parameters(operation, "query", query)
    content: Any = None
    if body is not None and operation.body is not None:
        media_type, content = body
        problems += validator.body(operation.body, media_type, content)
        known = document.properties(operation.body.schemas[media_type])
        content = _documented_part(known, content)
    if problems:
        raise invalid(problems)
    return values, content


def _documented_part(known: Mapping[str, Any], content: Any) -> Any:
    """Return the documented fields of an object; a free-form object unchanged."""
    fields = as_object(content)
    if not known or fields is None:
        return content
    return {name: value for name, value in fields.items() if name in known}


def _parse_json(body: bytes) -> Any:
    try:
        value = json.loads(body, parse_constant=_reject_constant)
        # json.loads accepts lone surrogates and 1e999, which a response could not contain.
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except RecursionError as error:
        raise _body_problem("body is nested too deeply") from error
    except ValueError as error:
        raise _body_problem("body is not valid JSON") from error
    return value


def _reject_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _body_problem(message: str) -> ApiError:
    return invalid([{"field": "body", "message": message}])
