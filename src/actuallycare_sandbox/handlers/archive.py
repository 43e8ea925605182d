"""Archive and unarchive contacts and escrows; search contacts."""

from __future__ import annotations

from attrs import evolve

from ..clock import timestamp
from ..data.filters import conditions
from ..json_value import Record
from ..protocol.envelope import HandlerResult
from . import crud
from .context import RequestContext


def archive(context: RequestContext) -> HandlerResult:
    """Archive a record: remove it from the default list."""
    return _set_archived(context, archived=True)


def unarchive(context: RequestContext) -> HandlerResult:
    """Unarchive a record: return it to the default list."""
    return _set_archived(context, archived=False)


def search_contacts(context: RequestContext) -> HandlerResult:
    """Find contacts by type, name and email; the result has no pages."""
    names = {"role", "name", "email"}
    query = {name: value for name, value in context.query.items() if name in names}
    selection = context.visible("contacts").where(*conditions("contacts", query, {}))
    found = context.backend.store.select(selection, limit=context.query["limit"])
    return evolve(context.result(found), top={"count": len(found)})


def _set_archived(context: RequestContext, *, archived: bool) -> HandlerResult:
    kind = context.operation.path.split("/")[1]
    record = crud.find_in(context, kind)
    changes: Record = {"is_archived": archived}
    if "archived_at" in record:
        changes["archived_at"] = timestamp(context.now) if archived else None
    return context.result(crud.change(context, kind, record, changes))
