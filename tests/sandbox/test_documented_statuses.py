"""Return each documented status of each operation, in its documented layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import httpx
import pytest

from actuallycare_sandbox import Backend
from actuallycare_sandbox.spec.document import OperationSpec, load
from tests.sandbox.conftest import connect
from tests.sandbox.scenarios import Attempt, first_id, refresh_token, scenario, token

DOCUMENT = load()
CASES = [
    (operation, int(status)) for operation in DOCUMENT.operations for status in operation.responses
]
ENVELOPE = {"timestamp"}
"""In every error, by the vendor's page api/errors; the document leaves it out of the 401."""
HEADERS = {"RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"}


async def perform(backend: Backend, client: httpx.AsyncClient, attempt: Attempt) -> httpx.Response:
    for earlier in attempt.before:
        await perform(backend, client, earlier)
    path = attempt.path
    if "{id}" in path:
        path = path.replace("{id}", first_id(backend, path))
    body = attempt.body
    if body == {"refreshToken": "{refreshToken}"}:
        body = {"refreshToken": refresh_token(backend)}
    headers: dict[str, str] = {}
    if attempt.account:
        headers["Authorization"] = f"Bearer {token(backend, attempt.account)}"
    attempt.prepare(backend)
    return await client.request(
        attempt.method, path, params=dict(attempt.query), json=body, headers=headers
    )


def schema_pointer(operation: OperationSpec, status: int) -> str:
    """Return the pointer to the schema of a response body."""
    paths: Mapping[str, Any] = DOCUMENT.raw["paths"]
    response = paths[operation.path][operation.method.lower()]["responses"][str(status)]
    path = operation.path.replace("/", "~1")
    own_pointer = f"/paths/{path}/{operation.method.lower()}/responses/{status}"
    pointer = response["$ref"][1:] if "$ref" in response else own_pointer
    return f"{pointer}/content/application~1json/schema"


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("operation", "status"), CASES, ids=[f"{o.name} {status}" for o, status in CASES]
)
async def test_return_documented_status(
    operation: OperationSpec, status: int, make_backend: Callable[..., Backend]
) -> None:
    attempt = scenario(operation, status)
    assert attempt is not None, "add a scenario in tests/sandbox/scenarios.py"
    backend = make_backend(**attempt.settings)
    async with connect(backend) as client:
        response = await perform(backend, client, attempt)
    assert response.status_code == status, response.text
    assert {name.title().replace("Ratelimit", "RateLimit") for name in response.headers} >= HEADERS
    assert ("Retry-After" in response.headers) == (status == 429)
    body = response.json()
    assert body["success"] is (status < 400)
    content = operation.responses[str(status)].get("content")
    if content is not None:  # some are described by a sentence only
        assert backend.validator.at(schema_pointer(operation, status), body) == []
        schema = content["application/json"]["schema"]
        assert set(body) <= set(DOCUMENT.properties(schema)) | ENVELOPE


def test_cover_every_documented_status(capsys: pytest.CaptureFixture[str]) -> None:
    covered = sum(scenario(operation, status) is not None for operation, status in CASES)
    with capsys.disabled():
        print(f"\ndocumented statuses covered: {covered} / {len(CASES)}")
    assert covered == len(CASES) > 300
