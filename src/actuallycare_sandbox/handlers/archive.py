"""Archive and unarchive, for contacts and escrows; and the search for contacts."""

from __future__ import annotations

from ..clock import timestamp
from ..data.filters import conditions
from ..json_value import Record
from ..protocol.envelope import Outcome
from . import crud
from .context import Call


def archive(call: Call) -> Outcome:
    """The record leaves the default list."""
    return _set(call, archived=True)


def unarchive(call: Call) -> Outcome:
    """The record is back in the default list."""
    return _set(call, archived=False)


def search_contacts(call: Call) -> Outcome:
    """Contacts whose name or email has every word of `q`; no pages."""
    wanted = {"q": call.query["q"]}
    selection = call.visible("contacts").where(*conditions("contacts", wanted, {}))
    found = call.backend.store.select(selection, limit=call.page.limit)
    return call.answer({"contacts": found})


def _set(call: Call, *, archived: bool) -> Outcome:
    kind = call.operation.path.split("/")[1]
    record = crud.find_in(call, kind)
    changes: Record = {"is_archived": archived}
    if "archived_at" in record:
        changes["archived_at"] = timestamp(call.now) if archived else None
    return call.answer(crud.change(call, kind, record, changes))
