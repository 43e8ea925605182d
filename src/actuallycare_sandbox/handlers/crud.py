"""Create, list, get, update and delete records of any resource, from path and schema.

GET  /things  list      POST /things  create
GET  /things/{id}  get  PUT, PATCH /things/{id}  update   DELETE /things/{id}  delete
"""

from __future__ import annotations

import re
import uuid
from typing import Any

from ..clock import timestamp
from ..data.filters import conditions
from ..data.query import Selection, where
from ..data.records import new_record, settable
from ..data.resource_rules import RESOURCE_RULES, changeable, rules_for
from ..json_value import Record
from ..protocol.envelope import HandlerResult
from ..protocol.errors import ApiError, not_found, version_conflict
from ..spec.document import OperationSpec
from ..spec.response_layout import ResponseLayout, collection
from ..spec.status_rules import allows
from .context import Handler, RequestContext

_COLLECTION = re.compile(r"/[^/{}]+")
_MEMBER = re.compile(r"/[^/{}]+/\{[^/{}]+\}")


def handler_for(operation: OperationSpec, layout: ResponseLayout) -> Handler | None:
    """Return the handler for an operation; None if its path is not plain CRUD."""
    member = _MEMBER.fullmatch(operation.path) is not None
    if not member and _COLLECTION.fullmatch(operation.path) is None:
        return None
    match operation.method:
        case "GET" if member:
            return get
        case "GET" if layout.many:
            return list_records
        case "POST" if not member:
            return create
        case "PUT" | "PATCH" if member:
            return update
        case "DELETE" if member:
            return delete
        case _:
            return None


def list_records(context: RequestContext) -> HandlerResult:
    """Return one page of the visible records that match the filters."""
    kind = collection(context.operation.path)
    store = context.backend.store
    fields = context.backend.document.properties(context.layout.item)
    selection = context.visible(kind).where(*conditions(kind, context.query, fields))
    sort = context.query.get("sort")
    found = store.select(
        selection,
        limit=context.page.limit,
        offset=context.page.offset,
        sort=sort if sort in fields and sort != "created_at" else None,
        descending=context.query.get("order", "desc") == "desc",
    )
    total = store.count(selection)
    aggregates = extras(context, selection, total) if context.layout.extras else {}
    return page_result(context, found, total, aggregates)


def page_result(
    context: RequestContext, found: list[Record], total: int, aggregates: dict[str, Any]
) -> HandlerResult:
    """Return a page of records in the layout of the operation."""
    layout = context.layout
    items = [context.serialize(record) for record in found]
    if layout.key is None:
        return HandlerResult(items, meta=context.page.meta(total) if layout.meta == "top" else None)
    data: dict[str, Any] = {layout.key: items}
    if layout.meta == "data":
        data["meta"] = context.page.meta(total)
    return HandlerResult(data | {name: aggregates.get(name, {}) for name in layout.extras})


def extras(context: RequestContext, selection: Selection, total: int) -> dict[str, Any]:
    """Return aggregates beside the records. The vendor publishes no fields; these are our own."""
    store = context.backend.store
    rules = rules_for(selection.kind)
    stats: dict[str, Any] = {"total": total}
    stats[f"by_{rules.count_by}"] = store.count_by(selection, rules.count_by)
    if rules.sum:
        stats[f"total_{rules.sum}"] = store.total(selection, rules.sum)
    return {"stats": stats, "cursors": {"next": None, "previous": None}}


def get(context: RequestContext) -> HandlerResult:
    """Return one record."""
    return context.result(find(context))


def create(context: RequestContext) -> HandlerResult:
    """Create a record, owned by the user."""
    kind = collection(context.operation.path)
    check_references(context, kind)
    return context.result(add(context, kind, context.layout.item, context.fields))


def add(context: RequestContext, kind: str, item: Any, body: Record) -> Record:
    """Store a new record of a kind and emit its event."""
    rules = rules_for(kind)
    now = timestamp(context.now)
    owner = context.user.id if context.user else None
    metadata = {
        "id": str(uuid.uuid4()),
        "user_id": owner,
        "created_at": now,
        "updated_at": now,
        "version": 1,
    }
    defaults = {**rules.initial, **metadata}
    record = rules.derive(new_record(context.backend.document, item, body, defaults))
    record.setdefault("id", metadata["id"])
    context.backend.store.add(kind, record, owner)
    context.emit(f"{rules.name}.created", record)
    return record


def update(context: RequestContext) -> HandlerResult:
    """Update a record with the fields in the body."""
    kind = collection(context.operation.path)
    record = find(context)
    check_references(context, kind)
    fields = dict(context.fields)
    check_version(record, fields.pop("version", None))
    changes = settable(context.backend.document, context.layout.item, fields)
    changes = changeable(kind, record, changes)
    if context.backend.settings.strict_statuses:
        check_status(kind, record, changes)
    return context.result(change(context, kind, record, changes))


def change(context: RequestContext, kind: str, record: Record, changes: Record) -> Record:
    """Store a changed record and emit its events."""
    rules = rules_for(kind)
    changed = rules.derive(record | changes)
    if "updated_at" in record:
        changed["updated_at"] = timestamp(context.now)
    if "version" in record:
        changed["version"] = record["version"] + 1
    context.backend.store.put(kind, changed)
    context.emit(f"{rules.name}.updated", changed)
    if changed.get("status") != record.get("status"):
        context.emit(f"{rules.name}.status_changed", changed)
    return changed


def delete(context: RequestContext) -> HandlerResult:
    """Delete a record and set references to it to null."""
    kind = collection(context.operation.path)
    store = context.backend.store
    record = find(context)
    store.remove(kind, str(record["id"]))
    for other, rules in RESOURCE_RULES.items():
        for field in (f for f, target in rules.references.items() if target == kind):
            for referrer in store.select(Selection(other, (where(field, record["id"]),))):
                store.put(other, referrer | {field: None})
    name = rules_for(kind).name
    context.emit(f"{name}.deleted", record)
    return HandlerResult(message=f"{name.capitalize()} deleted successfully")


def find(context: RequestContext) -> Record:
    """Return the record that the path names.

    Raises:
        ApiError: 404, also for a record that the user may not see.
    """
    return find_in(context, collection(context.operation.path))


def find_in(context: RequestContext, kind: str) -> Record:
    """Return the record of a kind that the path names; see `find`."""
    id = next(reversed(context.path.values()))
    record = context.backend.store.get(kind, id, context.visible_owner)
    other = rules_for(kind).alternate_id
    if record is None and other is not None:
        record = context.backend.store.first(context.visible(kind).where(where(other, id)))
    if record is None:
        raise not_found(rules_for(kind).name.capitalize())
    return record


def check_status(kind: str, record: Record, changes: Record) -> None:
    """Reject a change of status that the strict rules do not allow.

    Raises:
        ApiError: 400.
    """
    before, after = record.get("status"), changes.get("status")
    if after is not None and not allows(kind, before, after):
        message = f"The status cannot change from {before} to {after}"
        raise ApiError(400, "BUSINESS_RULE_VIOLATION", message)


def check_version(record: Record, version: Any) -> None:
    """Reject an update of another version than the stored one; without a version, accept it.

    Raises:
        ApiError: 409.
    """
    if version is not None and "version" in record and version != record["version"]:
        raise version_conflict(record["version"], version)


def check_references(context: RequestContext, kind: str) -> None:
    """Reject a body that refers to a missing or invisible record.

    Raises:
        ApiError: 404.
    """
    for field, target in rules_for(kind).references.items():
        id = context.fields.get(field)
        if (
            id is not None
            and context.backend.store.get(target, str(id), context.visible_owner) is None
        ):
            raise not_found(rules_for(target).name.capitalize())
