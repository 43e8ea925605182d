"""All 64 operations through the SDK, in an order in which each finds what it needs.

The steps work with any server of the API: ids and tokens come from earlier answers.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Awaitable, Callable
from typing import Any

from actuallycare import ActuallyCareError, APIResponse, AsyncActuallyCare

Call = Callable[[Any, dict[str, str]], Awaitable[APIResponse[Any]]]
START = datetime.datetime(2026, 7, 10, 17, tzinfo=datetime.UTC)

RECORDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "clients": (
        {"first_name": "Alfa", "last_name": "Sample", "client_type": "buyer"},
        {"status": "inactive"},
    ),
    "contacts": (
        {"first_name": "Alfa", "last_name": "Sample", "contact_type": "buyer"},
        {"notes": "called"},
    ),
    "leads": ({"name": "Alfa Sample", "budget": 450_000}, {"status": "contacted"}),
    "listings": ({"address": "1 Sample Street", "list_price": 425_000}, {"status": "pending"}),
    "escrows": (
        {"property_address": "1 Sample Street", "purchase_price": 425_000},
        {"status": "closed"},
    ),
    "appointments": (
        {"title": "Showing", "start_time": START, "end_time": START + datetime.timedelta(hours=1)},
        {"status": "completed"},
    ),
}
"""What each resource of records is created from, and what an update changes."""


@dataclasses.dataclass(frozen=True)
class Step:
    """One operation, by the SDK's name for it.

    Attributes:
        name: `resource.method`.
        call: calls the method, which answers with a `APIResponse`; it gets the ids kept so far.
        keep: name of a value to keep for later steps → the attribute of the result.
    """

    name: str
    call: Call
    keep: dict[str, str] = dataclasses.field(default_factory=dict[str, str])


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What became of a step: the status of its answer, or what went wrong."""

    name: str
    status: int | None
    error: str | None


def steps(email: str, password: str) -> list[Step]:
    """Every operation once; `email` and `password` are those of an account."""
    return [
        *_authentication(email, password),
        *_billing(),
        *_api_keys(),
        *(step for resource in RECORDS for step in _life(resource)),
        *_webhooks(),
        *(
            Step(f"{resource}.delete", _with_id("delete", resource))
            for resource in (*RECORDS, "api_keys", "webhooks")
        ),
        Step("auth.logout", lambda to, kept: to.logout(refresh_token=kept["refresh_token"])),
        Step("auth.logout_all", lambda to, _: to.logout_all()),
    ]


def _authentication(email: str, password: str) -> list[Step]:
    return [
        Step(
            "auth.register",
            lambda to, _: to.register(
                email="smoke@example.com",
                username="smoke",
                password="Sample-Passw0rd",
                first_name="Alfa",
                last_name="Sample",
            ),
        ),
        Step(
            "auth.login",
            lambda to, _: to.login(email=email, password=password),
            {"first_refresh_token": "refresh_token"},
        ),
        Step(
            "auth.refresh",
            lambda to, kept: to.refresh(refresh_token=kept["first_refresh_token"]),
            {"refresh_token": "refresh_token"},
        ),
        Step("auth.verify", lambda to, _: to.verify()),
        Step("auth.get_profile", lambda to, _: to.get_profile()),
        Step("auth.update_profile", lambda to, _: to.update_profile(first_name="Bravo")),
        Step("auth.list_sessions", lambda to, _: to.list_sessions()),
    ]


def _billing() -> list[Step]:
    return [
        Step("billing.get_public_plans", lambda to, _: to.get_public_plans()),
        Step("billing.get_plans", lambda to, _: to.get_plans()),
        Step(
            "billing.create_public_checkout",
            lambda to, _: to.create_public_checkout(email="smoke@example.com"),
        ),
        Step("billing.create_checkout", lambda to, _: to.create_checkout(plan_key="team")),
        Step("billing.get_subscription", lambda to, _: to.get_subscription()),
        Step("billing.create_portal_session", lambda to, _: to.create_portal_session()),
    ]


def _api_keys() -> list[Step]:
    scopes = {"listings": ["read"]}
    return [
        Step(
            "api_keys.create",
            lambda to, _: to.create(name="Smoke", scopes=scopes, expires_in_days=1),
            {"api_keys": "id"},
        ),
        Step("api_keys.list", lambda to, _: to.list()),
        Step("api_keys.update_scopes", _with_id("update_scopes", "api_keys", scopes=scopes)),
        Step("api_keys.revoke", _with_id("revoke", "api_keys")),
    ]


def _life(resource: str) -> list[Step]:
    """A record from its creation to before its end, with what else the resource can do."""
    new, changes = RECORDS[resource]
    found = [
        Step(f"{resource}.create", lambda to, _: to.create(**new), {resource: "id"}),
        Step(f"{resource}.list", lambda to, _: to.list(limit=2)),
        Step(f"{resource}.get", _with_id("get", resource)),
        Step(f"{resource}.update", _with_id("update", resource, **changes)),
    ]
    undo = {"contacts": "unarchive", "escrows": "restore"}.get(resource)
    if undo is not None:
        found.append(Step(f"{resource}.archive", _with_id("archive", resource)))
        found.append(Step(f"{resource}.{undo}", _with_id(undo, resource)))
    if resource == "contacts":
        found.append(Step("contacts.search", lambda to, _: to.search(name="sample")))
    if resource == "leads":
        found.append(Step("leads.convert", _with_id("convert", "leads", client_type="buyer")))
    return found


def _webhooks() -> list[Step]:
    return [
        Step(
            "webhooks.create",
            lambda to, _: to.create(
                url="http://127.0.0.1:9/smoke", events=["lead.created"], secret="sample-secret"
            ),
            {"webhooks": "id"},
        ),
        Step("webhooks.list", lambda to, _: to.list()),
        Step("webhooks.get", _with_id("get", "webhooks")),
        Step("webhooks.update", _with_id("update", "webhooks", active=False)),
        Step("webhooks.list_deliveries", _with_id("list_deliveries", "webhooks")),
        Step("webhooks.list_events", lambda to, _: to.list_events()),
        Step("webhooks.list_event_categories", lambda to, _: to.list_event_categories()),
    ]


def _with_id(method: str, resource: str, **arguments: Any) -> Call:
    return lambda to, kept: getattr(to, method)(kept[resource], **arguments)


async def perform(client: AsyncActuallyCare, wanted: list[Step]) -> list[Outcome]:
    """Perform the steps; an error of the SDK is an outcome, and the others go on."""
    kept: dict[str, str] = {}
    outcomes: list[Outcome] = []
    for step in wanted:
        resource, _, _ = step.name.partition(".")
        try:
            response = await step.call(getattr(client, resource).with_raw_response, kept)
            kept |= {name: str(getattr(response.data, field)) for name, field in step.keep.items()}
        except ActuallyCareError as error:
            status = getattr(error, "status_code", None)
            outcomes.append(Outcome(step.name, status, f"{type(error).__name__}: {error}"))
        except KeyError as error:
            outcomes.append(Outcome(step.name, None, f"no {error} came from an earlier step"))
        else:
            outcomes.append(Outcome(step.name, response.status_code, None))
    return outcomes
