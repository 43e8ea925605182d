"""Convert a lead into a client (tools/leads/leads_convert). This cannot be undone."""

from __future__ import annotations

from ..clock import timestamp
from ..json_value import Record
from ..protocol.envelope import HandlerResult
from ..protocol.errors import conflict
from . import crud
from .context import RequestContext

CLIENT_TYPES = ("buyer", "seller", "both")


def convert(context: RequestContext) -> HandlerResult:
    """Create a client from a lead; each refers to the other."""
    lead = crud.find_in(context, "leads")
    if lead.get("converted_at"):
        raise conflict("The lead is converted already")
    client = crud.add(
        context, "clients", context.layout.item, client_from_lead(lead, context.fields)
    )
    links = {
        "status": "converted",
        "converted_to_client_id": client["id"],
        "converted_at": timestamp(context.now),
    }
    converted = crud.change(context, "leads", lead, links)
    context.emit("lead.converted", converted)
    return context.result(client)


def client_from_lead(lead: Record, body: Record) -> Record:
    """Return the fields of the client; its type comes from the body, otherwise from the lead."""
    first, _, last = str(lead["name"]).strip().partition(" ")
    kind = body.get("client_type") or lead.get("lead_type")
    return {
        "first_name": first,
        "last_name": last,
        "email": lead.get("email"),
        "phone": lead.get("phone"),
        "client_type": kind if kind in CLIENT_TYPES else "buyer",
        "source": lead.get("source"),
        "budget_max": lead.get("budget"),
        "notes": lead.get("notes"),
        "lead_id": lead["id"],
    }
