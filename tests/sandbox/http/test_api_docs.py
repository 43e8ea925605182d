"""The interactive API documentation."""

from __future__ import annotations

import httpx
import pytest


@pytest.mark.asyncio
async def test_serve_api_docs_without_network(
    anonymous: httpx.AsyncClient,
) -> None:
    page = await anonymous.get("/api-docs")
    assert page.headers["content-type"].startswith("text/html")
    assert "http" not in page.text.replace("<html", "")
    for part in ("swagger-ui.css", "swagger-ui-bundle.js"):
        assert part in page.text
        found = await anonymous.get(f"http://sandbox.test/_sandbox/swagger-ui/{part}")
        assert found.status_code == 200
    document = (await anonymous.get("http://sandbox.test/_sandbox/openapi.json")).json()
    assert [server["url"] for server in document["servers"]] == ["/v1"]
