"""Documents with hostile texts: payloads, where they go, and one document with every place."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from .documents import ID, array, document, obj, operation, ref, string

MARK = "PWNED"
"""File that a payload writes; the name is in every payload."""

CODE = f'open("{MARK}", "w").close()'
PAYLOADS = {
    "method": f'x"""\n    {CODE}\n    async def zz(self, id):\n        """',
    "quotes": f'x", {CODE}, "',
    "f-string": f"x{{{CODE}}}",
    "backslash": f'x\\", {CODE}) #\\',
    "template": f"x{{{{ {CODE} }}}}{{% for i in x %}}",
    "log": f"x\n::set-output name=severity::{MARK}\n@octocat Closes #1 <!-- [a](b)\x1b[2J\u202e",
}

texts = st.text(st.sampled_from("\"'\\{}N \n\r\x00\u2028\u202e\ud800xé#$@<`[](:)")) | st.text()


def in_path(payload: str) -> Any:
    made = operation(ref("Thing"), parameters=[ID])
    return document({f"/things/{payload.replace('/', '-')}/{{id}}": {"get": made}})


def in_texts(payload: str) -> Any:
    made = document(
        schemas={"Thing": obj({"id": string(description=payload)}, description=payload)}
    )
    get = made["paths"]["/things/{id}"]["get"]
    get["summary"] = payload
    get["description"] = f"More: {payload}"
    get["parameters"] = [{**ID, "description": payload}]
    return made


def in_tag(payload: str) -> Any:
    return document({"/things": {"get": operation(ref("Thing"), tags=[f"Things {payload}"])}})


def in_operation_id(payload: str) -> Any:
    made = document()
    made["paths"]["/things/{id}"]["get"]["operationId"] = payload
    return made


def in_property(payload: str) -> Any:
    named = obj({"id": string(), payload: string(), f"b{payload}": string()}, required=[payload])
    body = {"content": {"application/json": {"schema": ref("Thing")}}}
    made = operation(ref("Thing"), requestBody=body)
    return document({"/things": {"post": made}}, {"Thing": named})


def in_parameters(payload: str) -> Any:
    parameters = [
        {"name": f"{place}{payload}", "in": place, "schema": string(default=payload)}
        for place in ("query", "header")
    ]
    return document({"/things": {"get": operation(ref("Thing"), parameters=parameters)}})


def in_enum(payload: str) -> Any:
    status = string(enum=["on", payload])
    filtered = {"name": "status", "in": "query", "schema": status}
    made = operation(ref("Thing"), parameters=[filtered])
    return document({"/things": {"get": made}}, {"Thing": obj({"status": status})})


def in_discriminator(payload: str) -> Any:
    kinds = {name: obj({payload: string(enum=[f"{name}{payload}"])}) for name in ("One", "Two")}
    either = {"oneOf": [ref("One"), ref("Two")]}
    return document({"/things": {"get": operation(obj({"a": either}))}}, kinds)


def in_page_location(payload: str) -> Any:
    meta = obj({"page": {"type": "integer"}, "totalPages": {"type": "integer"}})
    made = operation(obj({payload: array(ref("Thing")), "meta": meta}))
    return document({"/things": {"get": made}})


def in_media_type(payload: str) -> Any:
    content: Any = {f"image/{payload}": {}}
    responses = {"200": {"description": "", "content": content}}
    made = document()
    made["paths"]["/images"] = {"get": operation(responses=responses)}
    return made


def in_schema_name(payload: str) -> Any:
    name = f"Thing{payload}"
    escaped = name.replace("~", "~0").replace("/", "~1")
    return document({"/things": {"get": operation(ref(escaped))}}, {name: obj({"id": string()})})


PLACES = [
    in_path, in_texts, in_tag, in_operation_id, in_property, in_parameters, in_enum,
    in_discriminator, in_page_location, in_media_type, in_schema_name,
]  # fmt: skip


def strings(node: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The position of every text of a document; a key has None at its end."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield (*at, key, None)
            yield from strings(value, (*at, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from strings(value, (*at, index))
    elif isinstance(node, str):
        yield at


def put(made: Any, position: tuple[Any, ...], text: str) -> Any:
    """A copy with another text at one position."""
    made = copy.deepcopy(made)
    is_key = position[-1] is None
    *path, last = position[:-1] if is_key else position
    owner = made
    for part in path:
        owner = owner[part]
    if is_key:
        owner[text] = owner.pop(last)
    else:
        owner[last] = text
    return made


RICH = in_parameters("x")
RICH["paths"] |= in_enum("x")["paths"] | in_path("x")["paths"]
RICH["paths"]["/others"] = in_property("x")["paths"]["/things"]
RICH["components"]["schemas"] |= in_discriminator("x")["components"]["schemas"]
RICH["servers"] = [{"url": "https://api.actuallycare.com/v1"}]
hostile = st.sampled_from([*PAYLOADS.values(), "__init__", "../../x", "self", "ﬁeld", ""]) | texts
