"""Create, list, get, update and delete, for every resource, from path and schema.

GET  /things  list      POST /things  create
GET  /things/{id}  get  PUT, PATCH /things/{id}  update   DELETE /things/{id}  delete
"""

from __future__ import annotations

import re
import uuid
from typing import Any

from ..clock import timestamp
from ..data.filters import conditions
from ..data.query import Selection, having
from ..data.records import new_record, settable
from ..data.resource_rules import RESOURCES, changeable, resource
from ..json_value import Record
from ..protocol.envelope import Outcome
from ..protocol.errors import not_found
from ..spec.document import Operation
from ..spec.response_layout import Shape, collection
from .context import Call, Handler

_COLLECTION = re.compile(r"/[^/{}]+")
_MEMBER = re.compile(r"/[^/{}]+/\{[^/{}]+\}")


def handler_for(operation: Operation, shape: Shape) -> Handler | None:
    """The handler that an operation's path asks for; None: it is no plain CRUD."""
    member = _MEMBER.fullmatch(operation.path) is not None
    if not member and _COLLECTION.fullmatch(operation.path) is None:
        return None
    match operation.method:
        case "GET" if member:
            return get
        case "GET" if shape.many:
            return list_records
        case "POST" if not member:
            return create
        case "PUT" | "PATCH" if member:
            return update
        case "DELETE" if member:
            return delete
        case _:
            return None


def list_records(call: Call) -> Outcome:
    """One page of the records that the caller may see and the filters let through."""
    kind, store = collection(call.operation.path), call.backend.store
    fields = call.backend.document.properties(call.shape.item)
    selection = call.visible(kind).where(*conditions(kind, call.query, fields))
    sort = call.query.get("sort")
    found = store.select(
        selection,
        limit=call.page.limit,
        offset=call.page.offset,
        sort=sort if sort in fields and sort != "created_at" else None,
        descending=call.query.get("order", "desc") == "desc",
    )
    total = store.count(selection)
    more = extras(call, selection, total) if call.shape.extras else {}
    return page_of(call, found, total, more)


def page_of(call: Call, found: list[Record], total: int, more: dict[str, Any]) -> Outcome:
    """Records in the form that the operation documents for its list."""
    shape = call.shape
    shown = [call.show(record) for record in found]
    if shape.key is None:
        return Outcome(shown, meta=call.page.meta(total) if shape.meta == "top" else None)
    data: dict[str, Any] = {shape.key: shown}
    if shape.meta == "data":
        data["meta"] = call.page.meta(total)
    return Outcome(data | {name: more.get(name, {}) for name in shape.extras})


def extras(call: Call, selection: Selection, total: int) -> dict[str, Any]:
    """Aggregates beside the records. Their fields are not published; these are the sandbox's."""
    store, about = call.backend.store, resource(selection.kind)
    stats: dict[str, Any] = {"total": total}
    stats[f"by_{about.tally}"] = store.tally(selection, about.tally)
    if about.sum:
        stats[f"total_{about.sum}"] = store.total(selection, about.sum)
    return {"stats": stats, "cursors": {"next": None, "previous": None}}


def get(call: Call) -> Outcome:
    """One record."""
    return call.answer(find(call))


def create(call: Call) -> Outcome:
    """A new record, owned by the caller."""
    kind = collection(call.operation.path)
    check_references(call, kind)
    return call.answer(add(call, kind, call.shape.item, call.fields))


def add(call: Call, kind: str, item: Any, body: Record) -> Record:
    """Store a new record of a kind and tell those who subscribed to it."""
    about, now = resource(kind), timestamp(call.now)
    owner = call.principal.id if call.principal else None
    stamps = {"id": str(uuid.uuid4()), "user_id": owner, "created_at": now, "updated_at": now}
    given = {**about.initial, **stamps}
    record = about.derive(new_record(call.backend.document, item, body, given))
    record.setdefault("id", stamps["id"])
    call.backend.store.add(kind, record, owner)
    call.announce(f"{about.name}.created", record)
    return record


def update(call: Call) -> Outcome:
    """A record with the fields that the body names changed."""
    kind = collection(call.operation.path)
    record = find(call)
    check_references(call, kind)
    changes = settable(call.backend.document, call.shape.item, call.fields)
    return call.answer(change(call, kind, record, changeable(kind, record, changes)))


def change(call: Call, kind: str, record: Record, changes: Record) -> Record:
    """Store a changed record and tell those who subscribed to it."""
    about = resource(kind)
    changed = about.derive(record | changes)
    if "updated_at" in record:
        changed["updated_at"] = timestamp(call.now)
    call.backend.store.put(kind, changed)
    call.announce(f"{about.name}.updated", changed)
    if changed.get("status") != record.get("status"):
        call.announce(f"{about.name}.status_changed", changed)
    return changed


def delete(call: Call) -> Outcome:
    """A record less; what referred to it refers to nothing."""
    kind, store = collection(call.operation.path), call.backend.store
    record = find(call)
    store.remove(kind, str(record["id"]))
    for other, about in RESOURCES.items():
        for field in (f for f, target in about.references.items() if target == kind):
            for referrer in store.select(Selection(other, (having(field, record["id"]),))):
                store.put(other, referrer | {field: None})
    name = resource(kind).name
    call.announce(f"{name}.deleted", record)
    return Outcome(message=f"{name.capitalize()} deleted successfully")


def find(call: Call) -> Record:
    """The record that the path names.

    Raises:
        ApiError: 404, also for a record that the caller may not see.
    """
    return find_in(call, collection(call.operation.path))


def find_in(call: Call, kind: str) -> Record:
    """The record of a kind that the path names; see `find`."""
    id = next(reversed(call.path.values()))
    record = call.backend.store.get(kind, id, call.visible_owner)
    if record is None:
        raise not_found(resource(kind).name.capitalize())
    return record


def check_references(call: Call, kind: str) -> None:
    """Refuse a body that refers to a record that is not there, or not to be seen."""
    for field, target in resource(kind).references.items():
        id = call.fields.get(field)
        if id is not None and call.backend.store.get(target, str(id), call.visible_owner) is None:
            raise not_found(resource(target).name.capitalize())
