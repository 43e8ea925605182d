"""The integration tests that need no sandbox of their own, behind Express and a slow proxy."""

from __future__ import annotations

from typing import Any

import pytest

from actuallycare import AsyncActuallyCare, Login
from actuallycare_sandbox import RunningSandbox
from tests.integration.test_dialects import (
    NEEDS_ARCHIVING,
    test_a_login_survives_its_refreshes,
    test_every_list_gives_all_items,
    test_prices_and_ids_of_escrows,
    test_the_action_delete_of_an_api_key,
    test_versions_and_archiving,
    test_what_the_dialect_sends,
)
from tests.integration.test_sandbox_flow import (
    test_a_raw_response_has_status_headers_and_rate_limit,
    test_a_record_lives_and_dies,
    test_a_validation_error_names_the_fields,
    test_each_kind_of_credential_is_accepted,
    test_every_record_of_every_page_comes_once,
    test_filters_reach_the_server,
)
from tests.smoke.steps import perform, steps

# Collected in this module too, with the fixture `sandbox` below.
__all__ = [
    "test_a_login_survives_its_refreshes",
    "test_a_raw_response_has_status_headers_and_rate_limit",
    "test_a_record_lives_and_dies",
    "test_a_validation_error_names_the_fields",
    "test_each_kind_of_credential_is_accepted",
    "test_every_list_gives_all_items",
    "test_every_record_of_every_page_comes_once",
    "test_filters_reach_the_server",
    "test_prices_and_ids_of_escrows",
    "test_the_action_delete_of_an_api_key",
    "test_versions_and_archiving",
    "test_what_the_dialect_sends",
]
pytestmark = pytest.mark.slow


@pytest.fixture
def sandbox(express_sandbox: RunningSandbox) -> RunningSandbox:
    """The sandbox behind Express, in its initial state."""
    express_sandbox.backend.reset()
    return express_sandbox


@pytest.mark.asyncio
@pytest.mark.parametrize("transport", ["httpx", "httpx2", "aiohttp"])
async def test_every_operation_by_every_transport(sandbox: RunningSandbox, transport: Any) -> None:
    older = sandbox.backend.settings.dialect == "older"
    async with AsyncActuallyCare(
        sandbox.api_key,
        token=Login(sandbox.email, sandbox.password),
        base_url=sandbox.base_url,
        transport=transport,
    ) as client:
        outcomes = await perform(client, steps(sandbox.email, sandbox.password))
    failed = {outcome.name: outcome.error for outcome in outcomes if outcome.error}
    assert len(outcomes) == 64
    assert failed.keys() == (NEEDS_ARCHIVING if older else set())
    agents = {seen.headers.get("user-agent", "") for seen in sandbox.backend.request_log.all()}
    assert len(agents) == 1, "every request went through Express unchanged"
