"""Pairs of documents that differ in one thing, each labelled with what it means to a caller.

A label is argued in the words beside it. `edit` changes the base document; paths are keys joined
by spaces, because paths of the API hold slashes.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any, NamedTuple

from codegen.compat.diff import Severity

from .documents import ID, array, document, envelope, json_response, obj, operation, ref, string

COLOURS = ["blue", "green", "red"]
INTEGER = {"type": "integer"}
META = obj({"page": INTEGER, "hasMore": {"type": "boolean"}})


def query(name: str, schema: Any, **more: Any) -> Any:
    return {"name": name, "in": "query", "schema": schema, **more}


def body(**properties: Any) -> Any:
    required = [name for name in properties if name == "name"]
    schema = obj(properties, required=required)
    return {"required": True, "content": {"application/json": {"schema": schema}}}


_SHARED = document(
    {
        "/things": {
            "get": operation(
                obj({"things": array(ref("Thing")), "meta": META}),
                parameters=[
                    query("colour", string(enum=COLOURS)),
                    query("minPrice", {"type": "number"}),
                    query("page", INTEGER),
                ],
                security=[{"apiKey": []}, {"bearerAuth": []}],
            ),
            "post": operation(
                ref("Thing"),
                requestBody=body(
                    name=string(), price=INTEGER, note=string(nullable=True), of=ref("Part")
                ),
                security=[{"apiKey": []}],
            ),
        },
        "/things/{id}": {
            "get": operation(ref("Thing"), parameters=[ID], description="Read it."),
            "delete": operation(parameters=[ID], responses={"204": {"description": ""}}),
        },
    },
    {
        "Thing": obj(
            {
                "id": string(),
                "listPrice": INTEGER,
                "colour": string(enum=COLOURS),
                "shade": string(enum=["dark", "light"]),
                "made": string(format="date-time"),
                "tags": array(string()),
                "counts": {"type": "object", "additionalProperties": INTEGER},
                "part": ref("Part"),
            },
            required=["id", "part"],
        ),
        "Part": obj({"size": string()}),
    },
)


# Through text, so that no two places of the document are one object.
BASE: dict[str, Any] = json.loads(json.dumps(_SHARED))


class Pair(NamedTuple):
    severity: Severity
    why: str
    edit: Callable[[Any], None]


def at(made: Any, path: str) -> Any:
    for key in path.split():
        made = made[int(key)] if isinstance(made, list) else made[key]
    return made


def put(path: str, value: Any) -> Callable[[Any], None]:
    parent, _, last = path.rpartition(" ")

    def edit(made: Any) -> None:
        target = at(made, parent)
        target[int(last) if isinstance(target, list) else last] = copy.deepcopy(value)

    return edit


def cut(path: str) -> Callable[[Any], None]:
    parent, _, last = path.rpartition(" ")

    def edit(made: Any) -> None:
        target = at(made, parent)
        del target[int(last) if isinstance(target, list) else last]

    return edit


def add(path: str, value: Any) -> Callable[[Any], None]:
    return lambda made: at(made, path).append(copy.deepcopy(value))


def both(*edits: Callable[[Any], None]) -> Callable[[Any], None]:
    def edit(made: Any) -> None:
        for one in edits:
            one(made)

    return edit


def rename(path: str, old: str, new: str) -> Callable[[Any], None]:
    def edit(made: Any) -> None:
        target = at(made, path)
        target[new] = target.pop(old)

    return edit


THING = "components schemas Thing"
FIELD = f"{THING} properties"
LIST, POST = "paths /things get", "paths /things post"
SENT = f"{POST} requestBody content application/json schema"
GIVEN = f"{POST} responses 200 content application/json schema properties"
GET = "paths /things/{id} get"

PAIRS = {
    # Operations
    "operation added": Pair("minor", "nothing that worked changes", put("paths /things/{id} put", operation(ref("Thing"), parameters=[ID]))),
    "operation removed": Pair("major", "the method is gone", cut("paths /things/{id} delete")),
    "path removed": Pair("major", "its methods are gone", cut("paths /things/{id}")),
    "path renamed": Pair("patch", "the lock keeps the name by place, so another place is another operation", lambda made: None),
    "operationId added": Pair("none", "names come from paths and the lock", put(f"{GET} operationId", "fetchThing")),
    "summary changed": Pair("patch", "only the docstring", put(f"{GET} summary", "Fetch it")),
    "description changed": Pair("patch", "only the docstring", put(f"{GET} description", "Fetch it.")),
    "tag description added": Pair("none", "tags name resources, their texts are not read", put("tags", [{"name": "Things", "description": "x"}])),
    "example added": Pair("none", "examples are not read", put(f"{FIELD} id example", "x")),
    "error response added": Pair("none", "errors are one shape, distinguished by status", put(f"{GET} responses 404", {"description": "gone"})),
    # What an operation gives
    "result of another class": Pair("major", "callers use its fields", put(f"{GIVEN} data", ref("Part"))),
    "record becomes a list": Pair("major", "await gives a page", put(f"{GIVEN} data", array(ref("Thing")))),
    "record becomes nothing": Pair("major", "callers use what they get", cut(f"{GIVEN} data")),
    "nothing becomes a record": Pair("major", "the annotation of the result changes", put("paths /things/{id} delete responses", {"200": json_response(envelope(ref("Thing")))})),
    "payload nested deeper": Pair("patch", "the SDK unwraps it", put(f"{GIVEN} data", obj({"thing": ref("Thing")}))),
    "nested payload grows a second key": Pair("major", "the type changes to the container", put(f"{GIVEN} data", obj({"thing": ref("Thing"), "n": string()}))),
    "items under another key": Pair("patch", "the pager digs them out", rename(f"{LIST} responses 200 content application/json schema properties data properties", "things", "rows")),
    "aggregates beside the items": Pair("none", "they are reachable in extra without a type", put(f"{LIST} responses 200 content application/json schema properties data properties stats", {"type": "object"})),
    "list loses its paging facts": Pair("patch", "the pager falls back to page lengths", cut(f"{LIST} responses 200 content application/json schema properties data properties meta")),
    "status 200 becomes 201": Pair("none", "any 2xx is a success", rename(f"{POST} responses", "200", "201")),
    "csv offered too": Pair("none", "json is read all the same", put(f"{GET} responses 200 content text/csv", {})),
    # Credentials
    "key no longer taken": Pair("major", "callers with only a key are locked out", put(f"{LIST} security", [{"bearerAuth": []}])),
    "token taken too": Pair("minor", "more callers can use it", put(f"{POST} security", [{"apiKey": []}, {"bearerAuth": []}])),
    "public becomes protected": Pair("major", "callers without credential are locked out", put(f"{GET} security", [{"apiKey": []}])),
    "protected becomes public": Pair("patch", "callers with credential are served as before", put(f"{POST} security", [])),
    "order of schemes": Pair("none", "the key goes first whatever the order", put(f"{LIST} security", [{"bearerAuth": []}, {"apiKey": []}])),
    # Query parameters
    "optional query added": Pair("minor", "a new keyword", add(f"{LIST} parameters", query("q", string()))),
    "required query added": Pair("major", "calls without it fail", add(f"{LIST} parameters", query("q", string(), required=True))),
    "query removed": Pair("major", "the keyword is gone", cut(f"{LIST} parameters 1")),
    "query becomes required": Pair("major", "calls without it fail", put(f"{LIST} parameters 1 required", True)),
    "query renamed on the wire only": Pair("patch", "min_price stays min_price", put(f"{LIST} parameters 1 name", "min_price")),
    "query renamed": Pair("major", "another keyword", put(f"{LIST} parameters 1 name", "lowest")),
    "query of another type": Pair("major", "values of the old type are wrong", put(f"{LIST} parameters 1 schema type", "boolean")),
    "query narrowed to integers": Pair("major", "1.5 was fine", put(f"{LIST} parameters 1 schema type", "integer")),
    "query gains an enum member": Pair("minor", "one more value may be sent", add(f"{LIST} parameters 0 schema enum", "white")),
    "query loses an enum member": Pair("major", "a value that was sent is rejected", cut(f"{LIST} parameters 0 schema enum 0")),
    "query gains an enum": Pair("major", "other values are rejected by type checkers", put(f"{LIST} parameters 1 schema", string(enum=["a"]))),
    "query loses its enum": Pair("minor", "any text may be sent; the alias of the model stays", put(f"{LIST} parameters 0 schema", string())),
    "query default changed": Pair("patch", "the server's business; only the docstring says it", put(f"{LIST} parameters 1 schema default", 5)),
    "query bound added": Pair("none", "bounds are the server's business", put(f"{LIST} parameters 1 schema maximum", 5)),
    "query replaced by another": Pair("major", "the old keyword is gone", put(f"{LIST} parameters 1", query("tags", array(string())))),
    "query joined by commas": Pair("minor", "a new keyword, however it is written", add(f"{LIST} parameters", query("tags", array(string()), explode=False))),
    "query moves to a header": Pair("patch", "the keyword stays", put(f"{LIST} parameters 1 in", "header")),
    "path parameter renamed": Pair("major", "callers may pass it by keyword", both(rename("paths", "/things/{id}", "/things/{key}"), put("paths /things/{key} get parameters 0 name", "key"), put("paths /things/{key} delete parameters 0 name", "key"))),
    # Bodies
    "optional body field added": Pair("minor", "a new keyword", put(f"{SENT} properties size", string())),
    "required body field added": Pair("major", "calls without it fail", both(put(f"{SENT} properties size", string()), add(f"{SENT} required", "size"))),
    "body field removed": Pair("major", "the keyword is gone", cut(f"{SENT} properties price")),
    "body field becomes required": Pair("major", "calls without it fail", add(f"{SENT} required", "price")),
    "body field becomes optional": Pair("minor", "it may be left out", put(f"{SENT} required", [])),
    "body field no longer nullable": Pair("major", "None was sent", put(f"{SENT} properties note", string())),
    "body field becomes nullable": Pair("minor", "None may be sent", put(f"{SENT} properties price nullable", True)),
    "body field widened to numbers": Pair("minor", "integers are numbers", put(f"{SENT} properties price type", "number")),
    "body field of another type": Pair("major", "values of the old type are wrong", put(f"{SENT} properties price", string())),
    "body field renamed on the wire only": Pair("patch", "the keyword stays price", rename(f"{SENT} properties", "price", "Price")),
    "second body content type": Pair("none", "json is sent all the same", put(f"{POST} requestBody content multipart/form-data", {"schema": obj({})})),
    "input class gains a required field": Pair("major", "PartInput() without it fails", both(put("components schemas Part properties weight", INTEGER), put("components schemas Part required", ["weight"]))),
    # Fields that are read
    "field added": Pair("minor", "a new attribute", put(f"{FIELD} weight", INTEGER)),
    "field removed": Pair("major", "the attribute is gone", cut(f"{FIELD} made")),
    "field renamed on the wire only": Pair("patch", "list_price stays list_price", rename(FIELD, "listPrice", "list_price")),
    "field renamed": Pair("major", "another attribute", rename(FIELD, "listPrice", "price")),
    "field of another type": Pair("major", "callers compute with it", put(f"{FIELD} listPrice", string())),
    "field turned into numbers": Pair("major", "an int was promised, a float comes", put(f"{FIELD} listPrice type", "number")),
    "field becomes a date": Pair("major", "a datetime was promised", put(f"{FIELD} made format", "date")),
    "field loses its date format": Pair("major", "text comes instead of a datetime", cut(f"{FIELD} made format")),
    "field gains a format that is not read": Pair("none", "email is text as before", put(f"{FIELD} id format", "email")),
    "required field becomes nullable": Pair("major", "None may come where none came", put(f"{FIELD} id nullable", True)),
    "required field becomes optional": Pair("major", "None may come where none came", put(f"{THING} required", ["part"])),
    "optional field becomes required": Pair("minor", "checks for None are only superfluous", put(f"{THING} required", ["id", "part", "made"])),
    "optional field becomes nullable": Pair("none", "it could be None before", put(f"{FIELD} made nullable", True)),
    "read enum gains a member": Pair("minor", "reads are open, the alias grows", add(f"{FIELD} shade enum", "dim")),
    "read enum loses a member": Pair("minor", "what never comes harms nobody who reads", cut(f"{FIELD} shade enum 0")),
    "read enum becomes text": Pair("major", "the alias is gone from models", put(f"{FIELD} shade", string())),
    "text becomes a read enum": Pair("minor", "text is still text", put(f"{FIELD} id enum", ["a", "b"])),
    "enum grows at one of two places": Pair("minor", "what is read may be more; the alias grows and the other place gets its own", add(f"{FIELD} colour enum", "white")),
    "enum in another order": Pair("none", "members are a set", put(f"{FIELD} shade enum", ["light", "dark"])),
    "list of another item": Pair("major", "callers use the items", put(f"{FIELD} tags items", INTEGER)),
    "map of another value": Pair("major", "callers use the values", put(f"{FIELD} counts additionalProperties", string())),
    "reference becomes nullable": Pair("major", "thing.part.size was safe", put(f"{FIELD} part", ref("Part", nullable=True))),
    "field of another class": Pair("major", "callers use its fields", put(f"{FIELD} part", ref("Thing"))),
    "class description changed": Pair("patch", "only the docstring", put(f"{THING} description", "A thing.")),
    "field description changed": Pair("patch", "only the docstring", put(f"{FIELD} made description", "When.")),
    "unused schema added": Pair("none", "nothing refers to it", put("components schemas Unused", obj({"a": string()}))),
    # Dialects of the same API
    "3.1 spelling": Pair("none", "another dialect of the same", both(put("openapi", "3.1.0"), put(f"{SENT} properties note", {"type": ["string", "null"]}))),
    "envelope by allOf": Pair("none", "another dialect of the same", put(f"{POST} responses 200 content application/json schema", {"allOf": [obj({"success": {"type": "boolean"}, "data": {"type": "object"}}), obj({"data": ref("Thing")})]})),
    "response by reference": Pair("none", "another dialect of the same", both(put("components responses", {"One": json_response(envelope(ref("Thing")))}), put(f"{POST} responses 200", {"$ref": "#/components/responses/One"}))),
    "uuid format dropped": Pair("none", "ids are text either way", put(f"{FIELD} id format", "uuid")),
}  # fmt: skip
del PAIRS["path renamed"]
