"""Documents that we have not seen: the snapshot in other dialects, and changed.

Each mutation gives a working SDK, with a finding by place where something falls back; equal APIs in
another dialect give the same bytes. `python -m tests.codegen.mutations` prints the table and writes it to
docs/internals/mutations.md.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from codegen.compat.diff import compare, highest_severity
from codegen.errors import CodegenError
from codegen.lock import Lock
from codegen.pipeline import describe
from codegen.source.overlay import load_overlay

from .documents import ROOT

DOCUMENT: dict[str, Any] = json.loads((ROOT / "openapi.json").read_text(encoding="utf-8"))
LOCK = Lock.from_json(json.loads((ROOT / "codegen/names.lock.json").read_text(encoding="utf-8")))
OVERLAY = load_overlay(ROOT / "codegen/overlay.toml")
DOCS = ROOT / "docs/internals/mutations.md"
METHODS = ("get", "put", "post", "patch", "delete")


class Mutation(NamedTuple):
    outcome: str
    """`same` bytes, `works`, or `falls back: ` and a part of the finding."""
    edit: Callable[[Any], Any]


def operations(made: Any) -> Iterator[tuple[str, str, Any]]:
    for path, item in made["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def schemas(node: Any) -> Iterator[Any]:
    """Every object below `node`, the innermost first."""
    if isinstance(node, dict):
        for value in list(node.values()):
            yield from schemas(value)
        yield node
    elif isinstance(node, list):
        for value in node:
            yield from schemas(value)


def media(made: Any) -> Iterator[tuple[str, Any]]:
    """(status, media type object) of each JSON response of an operation."""
    for _, _, operation in operations(made):
        for status, response in operation["responses"].items():
            for entry in response.get("content", {}).values():
                yield status, entry


def envelopes_inline(made: Any) -> None:
    for status, entry in media(made):
        if status.startswith("2") and "allOf" in entry["schema"]:
            base = copy.deepcopy(made["components"]["schemas"]["SuccessResponse"])
            base["properties"] |= entry["schema"]["allOf"][1]["properties"]
            entry["schema"] = base


def envelopes_all_of(made: Any) -> None:
    for status, entry in media(made):
        properties = entry["schema"].get("properties", {})
        if status.startswith("2") and "data" in properties and "meta" not in properties:
            base = made["components"]["schemas"]["SuccessResponse"]["properties"]
            own = {n: v for n, v in properties.items() if n == "data" or n not in base}
            extended = {"$ref": "#/components/schemas/SuccessResponse"}
            entry["schema"] = {"allOf": [extended, {"type": "object", "properties": own}]}


def envelopes_all_of_base_last(made: Any) -> None:
    envelopes_all_of(made)
    for _, entry in media(made):
        if "allOf" in entry["schema"]:
            entry["schema"]["allOf"].reverse()


def responses_as_components(made: Any) -> None:
    for path, method, operation in operations(made):
        for status, response in list(operation["responses"].items()):
            if status.startswith("2"):
                name = re.sub(r"\W+", "_", f"{method}_{path}_{status}")
                made["components"]["responses"][name] = response
                operation["responses"][status] = {"$ref": f"#/components/responses/{name}"}


def parameters_as_components(made: Any) -> None:
    for path, method, operation in operations(made):
        for index, parameter in enumerate(operation.get("parameters", [])):
            if "$ref" not in parameter:
                name = re.sub(r"\W+", "_", f"{method}_{path}_{parameter['name']}")
                made["components"]["parameters"][name] = parameter
                operation["parameters"][index] = {"$ref": f"#/components/parameters/{name}"}


def parameters_inline(made: Any) -> None:
    for _, _, operation in operations(made):
        for index, parameter in enumerate(operation.get("parameters", [])):
            if "$ref" in parameter:
                name = parameter["$ref"].rsplit("/", 1)[1]
                operation["parameters"][index] = made["components"]["parameters"][name]


def parameters_by_path(made: Any) -> None:
    for item in made["paths"].values():
        methods = [m for m in METHODS if m in item]
        shared = [p for p in item[methods[0]].get("parameters", []) if p.get("in") == "path"]
        if shared and all(shared[0] in item[m].get("parameters", []) for m in methods):
            item["parameters"] = shared
            for method in methods:
                item[method]["parameters"] = [
                    p for p in item[method]["parameters"] if p not in shared
                ]


def to_3_1(made: Any) -> None:
    made["openapi"] = "3.1.0"
    for node in schemas(made):
        if node.get("nullable") is True:
            del node["nullable"]
            if "allOf" in node:
                # A reference has no type to add "null" to.
                node["oneOf"] = [{"allOf": node.pop("allOf")}, {"type": "null"}]
            else:
                node["type"] = [node["type"], "null"]
            if "enum" in node:
                node["enum"].append(None)
        if "example" in node and "schema" not in node and "type" in node:
            node["examples"] = [node.pop("example")]


def nullable_by_one_of(made: Any) -> None:
    made["openapi"] = "3.1.0"
    for node in schemas(made["components"]["schemas"]):
        for name, value in node.get("properties", {}).items():
            if isinstance(value, dict) and value.get("nullable") is True:
                del value["nullable"]
                node["properties"][name] = {"oneOf": [value, {"type": "null"}]}


def operation_ids(made: Any) -> None:
    for path, method, operation in operations(made):
        operation["operationId"] = re.sub(r"\W+", "_", f"{method}{path}")


def operation_ids_twice(made: Any) -> None:
    for _, _, operation in operations(made):
        operation["operationId"] = "handler"


def document_security(made: Any) -> None:
    made["security"] = [{"bearerAuth": []}, {"apiKey": []}]
    for _, _, operation in operations(made):
        if operation["security"] == [{"apiKey": []}, {"bearerAuth": []}]:
            del operation["security"]


def express_paths(made: Any) -> None:
    made["paths"] = {re.sub(r"{(\w+)}", r":\1", path): item for path, item in made["paths"].items()}


def undeclared_path_parameters(made: Any) -> None:
    for _, _, operation in operations(made):
        if "parameters" in operation:
            kept = [p for p in operation["parameters"] if p.get("in") != "path"]
            operation["parameters"] = kept


def reordered(made: Any) -> Any:
    def turn(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: turn(node[key]) for key in reversed(node)}
        if isinstance(node, list):
            return [turn(value) for value in node]
        return node

    return turn(made)


def swagger_2_parameters(made: Any) -> None:
    parameters_inline(made)
    for _, _, operation in operations(made):
        operation["parameters"] = [
            {**{k: v for k, v in p.items() if k != "schema"}, **p["schema"]}
            for p in operation.get("parameters", [])
        ]


def statuses_swapped(made: Any) -> None:
    for _, _, operation in operations(made):
        if "201" in operation["responses"]:
            operation["responses"]["200"] = operation["responses"].pop("201")


def charset_in_media_types(made: Any) -> None:
    for node in schemas(made["paths"]):
        content = node.get("content", {})
        if "application/json" in content:
            content["application/json; charset=utf-8"] = content.pop("application/json")


def set_at(path: str, value: Any) -> Callable[[Any], None]:
    *parents, last = path.split()

    def edit(made: Any) -> None:
        target = made
        for part in parents:
            target = target[int(part)] if isinstance(target, list) else target[part]
        if isinstance(target, list):
            target.append(value) if last == "-" else target.__setitem__(int(last), value)
        elif value is None:
            del target[last]
        else:
            target[last] = copy.deepcopy(value)

    return edit


def both(*edits: Callable[[Any], Any]) -> Callable[[Any], None]:
    def edit(made: Any) -> None:
        for one in edits:
            one(made)

    return edit


def enum_everywhere(made: Any) -> None:
    for node in schemas(made):
        if node.get("enum") == ["active", "pending", "sold", "withdrawn", "expired"]:
            node["enum"].append("coming_soon")


LISTING = "components schemas Listing properties"
LISTINGS = "paths /listings get"
GET = "paths /listings/{id} get"
STRING: Any = {"type": "string"}
REFERENCE: Any = {"$ref": "#/components/schemas/Listing"}
JSON_BODY: Any = {"application/json": {"schema": {"type": "object", "properties": {"a": STRING}}}}
ITEM: Any = {
    "tags": ["Listings"],
    "summary": "Get photos",
    "parameters": [{"name": "id", "in": "path", "required": True, "schema": STRING}],
    "security": [],
    "responses": {"200": {"description": "", "content": JSON_BODY}},
}
CASH: Any = {"type": "object", "properties": {"kind": STRING, "amount": {"type": "number"}}}
UNION: Any = {
    "oneOf": [{"$ref": "#/components/schemas/Cash"}, {"$ref": "#/components/schemas/Loan"}]
}
DISCRIMINATED: Any = {**UNION, "discriminator": {"propertyName": "kind"}}
VARIANTS = both(set_at("components schemas Cash", CASH), set_at("components schemas Loan", CASH))
UPLOAD: Any = {
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {
                    "photos": {"type": "array", "items": {"type": "string", "format": "binary"}},
                    "caption": STRING,
                },
            }
        }
    }
}
HOSTILE = 'x"""\nimport os; os.abort()\n\\N{BULLET} {{ 7 * 7 }} {% raw %}'

MUTATIONS: dict[str, Mutation] = {
    # Other dialects of the same API
    "envelopes all inline": Mutation("same", envelopes_inline),
    "envelopes all by allOf": Mutation("same", envelopes_all_of),
    "envelopes by allOf, base last": Mutation("same", envelopes_all_of_base_last),
    "responses as components": Mutation("same", responses_as_components),
    "parameters as components": Mutation("same", parameters_as_components),
    "parameters all inline": Mutation("same", parameters_inline),
    "path parameters shared by path": Mutation("same", parameters_by_path),
    "OpenAPI 3.1, type arrays": Mutation("same", to_3_1),
    "OpenAPI 3.1, null by oneOf": Mutation("same", nullable_by_one_of),
    "operationIds added": Mutation("same", operation_ids),
    "operationIds all alike": Mutation("same", operation_ids_twice),
    "security at the top": Mutation("same", document_security),
    "paths in Express style": Mutation("same", express_paths),
    "path parameters not declared": Mutation("works", undeclared_path_parameters),
    "Swagger 2 parameters": Mutation("same", swagger_2_parameters),
    "everything in another order": Mutation("same", reordered),
    "201 documented as 200": Mutation("same", statuses_swapped),
    "charset in media types": Mutation("same", charset_in_media_types),
    "a tag renamed": Mutation("same", lambda made: [o["tags"].__setitem__(0, "Properties") for _, _, o in operations(made) if o["tags"] == ["Listings"]]),
    "vendor extensions everywhere": Mutation("same", lambda made: [node.__setitem__("x-vendor", 1) for node in list(schemas(made["components"]["schemas"])) if "type" in node and isinstance(node["type"], str)]),
    # Changes
    "operation added": Mutation("works", set_at("paths /listings/{id}/photos", {"get": ITEM})),
    "operation removed": Mutation("works", set_at("paths /listings/{id} delete", None)),
    "a group removed": Mutation("falls back: there is no such operation", lambda made: [made["paths"].pop(p) for p in list(made["paths"]) if p.startswith("/billing")]),
    "field added": Mutation("works", set_at(f"{LISTING} parking", STRING)),
    "field removed": Mutation("works", set_at(f"{LISTING} bedrooms", None)),
    "field of another type": Mutation("works", set_at(f"{LISTING} bedrooms", STRING)),
    "field becomes nullable": Mutation("works", set_at(f"{LISTING} id nullable", True)),
    "id removed": Mutation("falls back: schema Listing: the entry no longer matches", set_at(f"{LISTING} id", None)),
    "enum grows at one place": Mutation("works", set_at(f"{LISTING} status enum -", "coming_soon")),
    "enum grows everywhere": Mutation("works", enum_everywhere),
    "required query added": Mutation("works", set_at(f"{LISTINGS} parameters -", {"name": "region", "in": "query", "required": True, "schema": STRING})),
    "header parameter": Mutation("works", set_at(f"{LISTINGS} parameters -", {"name": "X-Trace-Id", "in": "header", "schema": STRING})),
    "cookie parameter": Mutation("falls back: cookie parameters are not supported", set_at(f"{LISTINGS} parameters -", {"name": "session", "in": "cookie", "schema": STRING})),
    "array in a query": Mutation("works", set_at(f"{LISTINGS} parameters -", {"name": "city", "in": "query", "schema": {"type": "array", "items": STRING}})),
    "array in a query by commas": Mutation("works", set_at(f"{LISTINGS} parameters -", {"name": "city", "in": "query", "explode": False, "schema": {"type": "array", "items": STRING}})),
    "object in a query": Mutation("falls back: style 'deepObject'", set_at(f"{LISTINGS} parameters -", {"name": "f", "in": "query", "style": "deepObject", "schema": {"type": "object", "properties": {"a": STRING}}})),
    "parameter without schema": Mutation("works", set_at(f"{LISTINGS} parameters -", {"name": "q", "in": "query"})),
    "odd path parameter": Mutation("works", set_at("paths /listings/{listing-id.v2}/photos", {"get": {**ITEM, "parameters": []}})),
    "union with discriminator": Mutation("works", both(VARIANTS, set_at(f"{LISTING} payment", DISCRIMINATED))),
    "union without discriminator": Mutation("falls back: that nothing distinguishes", both(VARIANTS, set_at(f"{LISTING} payment", UNION))),
    "union of scalars": Mutation("works", set_at(f"{LISTING} payment", {"anyOf": [STRING, {"type": "integer"}]})),
    "typed map": Mutation("works", set_at(f"{LISTING} rooms", {"type": "object", "additionalProperties": REFERENCE})),
    "circular reference": Mutation("works", set_at(f"{LISTING} twin", REFERENCE)),
    "circle of two classes": Mutation("works", both(set_at(f"{LISTING} buyer", {"$ref": "#/components/schemas/Client"}), set_at("components schemas Client properties home", REFERENCE))),
    "allOf that includes itself": Mutation("works", set_at("components schemas User", {"allOf": [{"$ref": "#/components/schemas/User"}, {"properties": {"id": STRING}}]})),
    "binary download": Mutation("works", set_at("paths /listings/{id}/brochure", {"get": {**ITEM, "responses": {"200": {"description": "", "content": {"application/pdf": {}}}}}})),
    "multipart upload": Mutation("works", set_at("paths /listings/{id}/photos", {"post": {**ITEM, "requestBody": UPLOAD}})),
    "second request content type": Mutation("same", set_at("paths /listings post requestBody content multipart/form-data", {"schema": {"type": "object"}})),
    "csv beside json": Mutation("same", set_at(f"{GET} responses 200 content text/csv", {})),
    "XML only": Mutation("works", set_at("paths /listings post requestBody content", {"application/xml": {"schema": STRING}})),
    "response schema removed": Mutation("falls back: no schema is documented", set_at(f"{GET} responses 200 content application/json schema", None)),
    "no success response": Mutation("falls back: no success response is documented", set_at(f"{GET} responses 200", None)),
    "two successes that differ": Mutation("falls back: 200 and 202 give different things", set_at(f"{GET} responses 202", {"description": "", "content": JSON_BODY})),
    "reference to nothing": Mutation("falls back: points to nothing", set_at(f"{LISTING} twin", {"$ref": "#/components/schemas/Gone"})),
    "two names for one class": Mutation("works", set_at("components schemas api_key", CASH)),
    "reserved class name": Mutation("works", both(set_at("components schemas Page", CASH), set_at(f"{LISTING} page", {"$ref": "#/components/schemas/Page"}))),
    "two names for one attribute": Mutation("works", set_at(f"{LISTING} listPrice", STRING)),
    "reserved attribute": Mutation("works", set_at(f"{LISTING} additional_properties", STRING)),
    "Python words as fields": Mutation("works", both(set_at(f"{LISTING} class", STRING), set_at(f"{LISTING} list", STRING), set_at(f"{LISTING} 2nd_bath", STRING))),
    "text that tries to become code": Mutation("works", both(set_at(f"{LISTING} city description", HOSTILE), set_at(f"{GET} summary", HOSTILE), set_at("components schemas Listing description", HOSTILE))),
    "an unknown security scheme": Mutation("falls back: is not one the SDK knows", set_at(f"{GET} security", [{"basic": []}])),
}  # fmt: skip


def mutated(name: str) -> Any:
    """The snapshot with one mutation made."""
    made = copy.deepcopy(DOCUMENT)
    edit = MUTATIONS[name].edit
    turned = edit(made)
    return turned if isinstance(turned, dict) else made


def outcome(name: str) -> tuple[str, str]:
    """(what came of it, severity of the change for callers)."""
    before = describe(DOCUMENT, OVERLAY, LOCK)
    try:
        after = describe(mutated(name), OVERLAY, LOCK)
    except CodegenError as error:
        return f"rejected: {error.problems[0]}", "–"
    severity = highest_severity(compare(before.api, after.api))
    if before.api == after.api and not after.findings.fallbacks:
        return "same bytes", severity
    stated = [f for f in after.findings.all if f.is_fallback or f.kind == "stale"]
    return f"falls back: {stated[0]}" if stated else "works", severity


def table() -> str:
    """The table of docs/internals/mutations.md."""
    lines = ["| mutation | outcome | for callers |", "| --- | --- | --- |"]
    for name in MUTATIONS:
        what, severity = outcome(name)
        lines.append(f"| {name} | {what.replace('|', '&#124;')} | {severity} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the table, and put it into docs/internals/mutations.md in place of the old one."""
    made = table()
    text = DOCS.read_text(encoding="utf-8")
    start = text.index("| mutation |")
    end = text.rindex("|\n") + 2
    DOCS.write_text(text[:start] + made + text[end:], encoding="utf-8")
    print(made, end="")


if __name__ == "__main__":
    main()
