"""The envelope: the payload of a success schema without success, data and timestamp."""

from __future__ import annotations

from ..document import Json, as_array, as_object
from ..findings import Findings
from .dialects import MOST_ALIKE, one_of
from .pagination import (
    FLAT_FACTS,
    LINK_NAMES,
    META_NAMES,
    Payload,
    has_flat_facts,
    is_meta,
    is_next_link,
)
from .schemas import SchemaNormaliser

_ENVELOPE = {"success", "data", "timestamp", "message", "meta", "pagination", "error"}
_IDS = {"id", "_id"}


def unwrap_envelope(
    schema: Json,
    place: str,
    schemas: SchemaNormaliser,
    findings: Findings,
    *,
    asks_pages: bool = False,
) -> Payload:
    """Return the payload of a normalised success schema.

    `asks_pages` is whether the operation has a parameter that chooses a page.
    """
    schema = _success_of_union(schema, place, schemas, findings)
    payload = _unwrap(schema, place, schemas, findings, asks_pages=asks_pages)
    if payload.kind == "record":
        _note_doubts(payload, place, schemas, findings)
    return payload


def _success_of_union(
    schema: Json, place: str, schemas: SchemaNormaliser, findings: Findings
) -> Json:
    """One envelope for a union of envelopes, those of failures left out.

    `oneOf: [success, error]` on a success status describes every body of the operation; an error
    comes with a status of its own.
    """
    union = schemas.target(schema)
    variants = [schemas.target(v) for v in as_array(union.get("oneOf") or union.get("anyOf"))]
    if not 1 < len(variants) <= MOST_ALIKE:
        return schema
    properties = [as_object(v.get("properties")) for v in variants]
    good = [p for p in properties if "data" in p and not _is_failure(p, schemas)]
    bad = [p for p in properties if _is_failure(p, schemas)]
    if not good or len(good) + len(bad) < len(properties):
        return schema
    if bad:
        findings.note(place, "the union has envelopes of errors; they are passed over")
    data = [p["data"] for p in good]
    return {"type": "object", "properties": {**good[0], "data": one_of(data)}}


def _is_failure(properties: Json, schemas: SchemaNormaliser) -> bool:
    """Whether these are the fields of the envelope of an error."""
    if schemas.target(as_object(properties.get("success"))).get("const") is False:
        return True
    return "data" not in properties and bool(properties.keys() & {"error", "errors"})


def _unwrap(
    schema: Json, place: str, schemas: SchemaNormaliser, findings: Findings, *, asks_pages: bool
) -> Payload:
    body = schemas.target(schema)
    properties = as_object(body.get("properties"))
    if "success" not in properties:
        return _payload(schema, (), properties, place, schemas, findings, asks_pages)
    if "data" in properties:
        data = properties["data"]
        return _payload(data, ("data",), properties, place, schemas, findings, asks_pages)
    if properties.keys() <= _ENVELOPE:
        return Payload("none", None)
    return _payload(schema, (), properties, place, schemas, findings, asks_pages)


def _payload(
    schema: Json,
    unwrap: tuple[str, ...],
    outer: Json,
    place: str,
    schemas: SchemaNormaliser,
    findings: Findings,
    asks_pages: bool,
) -> Payload:
    data = schemas.target(schema)
    if data.get("type") == "array":
        return _bare_list(data, unwrap, outer, schemas)
    inside = as_object(data.get("properties"))
    arrays = [n for n, v in inside.items() if schemas.target(v).get("type") == "array"]
    meta_name = _meta_name(inside, schemas)
    beside = _meta_name(outer, schemas) if unwrap else None
    if len(arrays) == 1 and not inside.keys() & _IDS:
        meta_name = meta_name or _link_name(inside, schemas)
        beside = beside or (_link_name(outer, schemas) if unwrap else None)
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
    others = inside.keys() - {*arrays}
    # An object with an id is a record: its `page` or `next` is a field like any other.
    if len(arrays) == 1 and not others & _IDS and has_flat_facts(others, asks_pages=asks_pages):
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
        name = _meta_name(outer, schemas) or _link_name(outer, schemas)
        if name:
            meta = (name,)
            beside -= {name}
        elif beside & FLAT_FACTS:
            meta = ()
    return Payload("page", as_object(data.get("items")), unwrap, (), meta, _names(beside))


def _meta_name(properties: Json, schemas: SchemaNormaliser) -> str | None:
    return next((n for n in META_NAMES if is_meta(properties.get(n), schemas)), None)


def _link_name(properties: Json, schemas: SchemaNormaliser) -> str | None:
    return next((n for n in LINK_NAMES if is_next_link(properties.get(n), schemas)), None)


def _note_doubts(
    payload: Payload, place: str, schemas: SchemaNormaliser, findings: Findings
) -> None:
    """Report a record that has a sign of a list."""
    properties = as_object(schemas.target(payload.schema or {}).get("properties"))
    if properties.keys() & _IDS:
        return
    link = _link_name(properties, schemas)
    if link:
        findings.note(place, f"has `{link}.next`, but no single array: the whole is one record")
        return
    facts = sorted(properties.keys() & FLAT_FACTS)
    arrays = [n for n, v in properties.items() if schemas.target(v).get("type") == "array"]
    if facts and len(arrays) == 1:
        findings.note(
            place,
            f"one array beside `{facts[0]}`, without another sign of a list: the whole is one "
            "record",
        )


def _names(names: set[str]) -> tuple[str, ...]:
    return tuple(sorted(names))
