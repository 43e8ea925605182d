"""The envelope: the payload of a success schema without success, data and timestamp."""

from __future__ import annotations

from ..document import Json, as_object
from ..findings import Findings
from .pagination import FLAT_FACTS, META_NAMES, Payload, is_meta
from .schemas import SchemaNormaliser

_ENVELOPE = {"success", "data", "timestamp", "message", "meta", "pagination", "error"}
_IDS = {"id", "_id"}


def unwrap_envelope(
    schema: Json, place: str, schemas: SchemaNormaliser, findings: Findings
) -> Payload:
    """Return the payload of a normalised success schema."""
    body = schemas.target(schema)
    properties = as_object(body.get("properties"))
    if "success" not in properties:
        return _payload(schema, (), properties, place, schemas, findings)
    if "data" in properties:
        return _payload(properties["data"], ("data",), properties, place, schemas, findings)
    if properties.keys() <= _ENVELOPE:
        return Payload("none", None)
    return _payload(schema, (), properties, place, schemas, findings)


def _payload(
    schema: Json,
    unwrap: tuple[str, ...],
    outer: Json,
    place: str,
    schemas: SchemaNormaliser,
    findings: Findings,
) -> Payload:
    data = schemas.target(schema)
    if data.get("type") == "array":
        return _bare_list(data, unwrap, outer, schemas)
    inside = as_object(data.get("properties"))
    arrays = [n for n, v in inside.items() if schemas.target(v).get("type") == "array"]
    meta_name = next((n for n in META_NAMES if is_meta(inside.get(n), schemas)), None)
    beside = next((n for n in META_NAMES if unwrap and is_meta(outer.get(n), schemas)), None)
    if meta_name or (beside and len(arrays) == 1):
        if len(arrays) != 1:
            findings.note(
                place,
                f"{len(arrays)} arrays beside {meta_name!r}: it is not clear which is paged; the "
                "whole is one record",
            )
            return Payload("record", schema, unwrap)
        taken = {arrays[0], *([meta_name] if meta_name else [])}
        items = as_object(schemas.target(inside[arrays[0]]).get("items"))
        meta = (*unwrap, meta_name) if meta_name else (str(beside),)
        return Payload(
            "page", items, unwrap, (arrays[0],), meta, _names(inside.keys() - taken), arrays[0]
        )
    if len(arrays) == 1 and _has_flat_facts(inside.keys() - {arrays[0]}):
        # The facts are beside the array, as mongoose-paginate has them: docs, totalDocs, nextPage.
        items = as_object(schemas.target(inside[arrays[0]]).get("items"))
        beside_items = _names(inside.keys() - {arrays[0]})
        return Payload("page", items, unwrap, (arrays[0],), unwrap, beside_items, arrays[0])
    if len(inside) == 1 and unwrap:
        ((name, value),) = inside.items()
        if arrays:
            items = as_object(schemas.target(value).get("items"))
            return Payload("page", items, unwrap, (name,), None, (), name)
        if schemas.target(value).get("properties"):
            return Payload("record", value, (*unwrap, name))
    return Payload("record", schema, unwrap)


def _bare_list(
    data: Json, unwrap: tuple[str, ...], outer: Json, schemas: SchemaNormaliser
) -> Payload:
    """A payload that is the array itself; its paging facts are beside it."""
    beside = outer.keys() - {"success", "data", "timestamp", "message"}
    meta: tuple[str, ...] | None = None
    if unwrap:
        name = next((n for n in META_NAMES if is_meta(outer.get(n), schemas)), None)
        if name:
            meta = (name,)
            beside -= {name}
        elif beside & FLAT_FACTS:
            meta = ()
    return Payload("page", as_object(data.get("items")), unwrap, (), meta, _names(beside))


def _has_flat_facts(names: set[str]) -> bool:
    """Whether the names beside an array are paging facts.

    An object with an id is a record: its `page` or `next` is a field like any other.
    """
    return bool(names & FLAT_FACTS) and not names & _IDS


def _names(names: set[str]) -> tuple[str, ...]:
    return tuple(sorted(names))
