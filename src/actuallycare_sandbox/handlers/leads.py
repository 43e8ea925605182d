"""Conversion of a lead into a client (tools/leads/leads_convert). It cannot be undone."""

from __future__ import annotations

from ..clock import timestamp
from ..json_value import Record
from ..protocol.envelope import Outcome
from ..protocol.errors import conflict
from . import crud
from .context import Call

CLIENT_TYPES = ("buyer", "seller", "both")


def convert(call: Call) -> Outcome:
    """The new client, linked to the lead both ways."""
    lead = crud.find_in(call, "leads")
    if lead.get("converted_at"):
        raise conflict("The lead is converted already")
    client = crud.add(call, "clients", call.shape.item, client_of(lead, call.fields))
    links = {
        "status": "converted",
        "client_id": client["id"],
        "converted_at": timestamp(call.now),
    }
    converted = crud.change(call, "leads", lead, links)
    call.announce("lead.converted", converted)
    return call.answer(client)


def client_of(lead: Record, wanted: Record) -> Record:
    """The client that a lead becomes; the type is the wanted one, else the lead's."""
    first, _, last = str(lead["name"]).strip().partition(" ")
    kind = wanted.get("client_type") or lead.get("lead_type")
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
