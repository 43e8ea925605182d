"""`Api` as the OpenAPI document that openapi-python-client parses.

It contains identifiers and types, and no text of the vendor's document: nothing that the vendor
writes can confuse the parser. What the parser has no form for is left open (`{}`).
"""

from __future__ import annotations

from ..api import Api, Argument, Enum, Operation, Type
from ..document import Json
from ..names import pascal

_IN_HEADERS = {"string", "integer", "number", "boolean"}
_FORMATS = {"date", "date-time", "binary"}
_MEDIA = {
    "json": "application/json",
    "form": "application/x-www-form-urlencoded",
    "multipart": "multipart/form-data",
    "raw": "application/octet-stream",
}


def to_openapi(api: Api) -> Json:
    """Return the document of an API."""
    schemas: Json = {
        name: {"type": "string", "enum": members(enum)} for name, enum in api.enums.items()
    }
    for name, model in api.models.items():
        fields = {field.name: _schema(field.type) for field in model.fields}
        required = [field.name for field in model.fields if field.required]
        schemas[name] = _object(fields, required)
    paths: Json = {}
    for operation in api.operations.values():
        if operation.body is not None and operation.body.spread:
            found = operation.in_location("body")
            fields = {argument.name: _schema(argument.type) for argument in found}
            schemas[body_name(operation, api)] = _object(
                fields, [argument.name for argument in found if argument.required]
            )
        path = _path(operation)
        paths.setdefault(path, {})[operation.http.lower()] = _operation(operation, api)
    return {
        "openapi": "3.0.3",
        "info": {"title": "api", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def body_name(operation: Operation, api: Api) -> str:
    """The schema of a body whose fields are arguments; it becomes no class."""
    name = f"{pascal(operation.resource)}{pascal(operation.method)}Arguments"
    while name in api.models or name in api.enums:
        name += "Body"
    return name


def members(enum: Enum) -> list[str]:
    """Stand-ins for the members of an enum, whose values the templates get from `Api`."""
    return [f"v{index}" for index in range(len(enum.values))]


def operation_id(operation: Operation) -> str:
    """How the parser names an operation."""
    return f"{operation.resource}_{operation.method}"


def _operation(operation: Operation, api: Api) -> Json:
    parameters = [a for a in operation.arguments if a.location != "body"]
    made: Json = {
        "tags": [operation.resource],
        "operationId": operation_id(operation),
        "parameters": [_parameter(argument) for argument in parameters],
        "responses": {"200": {"description": ""}},
    }
    if operation.kind != "none":
        schema = _schema(operation.result)
        made["responses"]["200"]["content"] = {"application/json": {"schema": schema}}
    if operation.body is not None:
        body: Json = {"$ref": f"#/components/schemas/{body_name(operation, api)}"}
        if operation.body.kind == "raw":
            body = {"type": "string", "format": "binary"}
        elif not operation.body.spread:
            body = _schema(operation.in_location("body")[0].type)
        content = {_MEDIA[operation.body.kind]: {"schema": body}}
        made["requestBody"] = {"required": True, "content": content}
    return made


def _parameter(argument: Argument) -> Json:
    schema = _schema(argument.type)
    if argument.location != "query" and argument.type.kind not in _IN_HEADERS:
        schema = {"type": "string"}  # the parser rejects anything else outside the query
    return {
        "name": argument.name,
        "in": argument.location,
        "required": argument.required,
        "schema": schema,
    }


def _path(operation: Operation) -> str:
    """A path of identifiers, unique for each operation."""
    labels = "".join(f"/{{{argument.name}}}" for argument in operation.in_location("path"))
    return f"/{operation.resource}/{operation.method}{labels}"


def _object(fields: Json, required: list[str]) -> Json:
    made: Json = {"type": "object", "properties": fields, "additionalProperties": False}
    return {**made, "required": required} if required else made


def _schema(type_: Type) -> Json:
    if type_.kind in ("model", "enum"):
        return {"$ref": f"#/components/schemas/{type_.name}"}
    if type_.kind == "array":
        return {"type": "array", "items": _schema(type_.inner[0])}
    if type_.kind == "union":
        return {"oneOf": [_schema(inner) for inner in type_.inner]}
    if type_.kind in _FORMATS:
        return {"type": "string", "format": type_.kind}
    if type_.kind in ("any", "map", "null"):
        return {}  # a map would become a class of its own
    return {"type": type_.kind}
