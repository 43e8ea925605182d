"""Operations: each one's name, arguments, payload and facts, ready for the generator."""

from __future__ import annotations

from keyword import iskeyword

from attrs import define, field

from ..document import METHODS, Json, iter_operations, operation_place
from ..names import (
    LockedOperation,
    longer_names,
    method_name,
    not_keyword,
    owned_name,
    pascal,
    resource_name,
    result_name,
    singular,
)
from ..overlay import Overlay
from .bodies import Success, error_statuses, request_body, success_response
from .envelope import take_off
from .inputs import split_inputs
from .lift import Lifter
from .pagination import Payload, page_facts
from .parameters import normalise_parameters, plain_path
from .report import Report
from .schemas import Lowering
from .security import accepted_schemes

_IDEMPOTENT = {"get", "head", "put", "delete", "options", "trace"}


@define
class Operations:
    """Builds the operations of one document."""

    document: Json
    overlay: Overlay
    lowering: Lowering
    lifter: Lifter
    report: Report
    locked: dict[str, LockedOperation]
    names: dict[str, LockedOperation] = field(factory=dict[str, LockedOperation])
    _taken: dict[str, str] = field(factory=dict[str, str])
    _kept: set[str] = field(factory=set[str])
    """Locked names of operations that are still there."""

    def build(self) -> Json:
        """The paths of the normalised document."""
        self._check_ids()
        out: Json = {}
        here = {operation_place(m, p) for p, m, _ in iter_operations(self.document)}
        self._kept = {entry.name for place, entry in self.locked.items() if place in here}
        for path, method, operation in iter_operations(self.document):
            made = self._operation(path, method, operation)
            if made is not None:
                out.setdefault(plain_path(path), {})[method] = made
        return out

    def _check_ids(self) -> None:
        """One operationId for two operations: the generator lets one overwrite the other."""
        seen: dict[str, str] = {}
        for path, method, operation in iter_operations(self.document):
            identifier, place = operation.get("operationId"), operation_place(method, path)
            if identifier is None:
                continue
            other = seen.setdefault(str(identifier), place)
            if other != place:
                self.report.refuse(
                    place, f"operationId {identifier!r} is also that of {other}; patch one of them"
                )

    def _operation(self, path: str, method: str, operation: Json) -> Json | None:
        place = operation_place(method, path)
        success = success_response(operation, place, self.report)
        if success is None:
            return None
        parameters, styles = normalise_parameters(
            operation, path, place, self.lowering, self.report
        )
        payload = self._payload(success, place)
        tag = str((operation.get("tags") or ["default"])[0])
        locked = self.locked.get(place)
        named = self.overlay.tags.get(tag) or resource_name(tag)
        resource = locked.name.split(".")[0] if locked else named
        name = self._name(resource, method, path, place, payload)
        self.names[place] = LockedOperation(f"{resource}.{name}", payload.kind, payload.unwrap)
        self._compare_with_lock(place)
        entity = pascal(singular(resource))
        docs: dict[str, str] = {}
        for parameter in parameters:
            wire, schema = parameter["name"], parameter["schema"]
            docs[f"{parameter['in']} {wire}"] = parameter.pop("description", "")
            parameter["schema"] = self._lift_parameter(schema, entity, name, wire, place)
        body = self._body(operation, entity, name, place, method)
        facts = self._facts(resource, name, path, method, operation, payload, success, place)
        facts["query_style"], facts["docs"] = styles, {k: v for k, v in docs.items() if v}
        facts |= page_facts(payload, operation)
        response: Json = {"description": "", "x-sdk": facts}
        schema = self._result(payload, success, resource, name, place)
        if schema is not None:
            response["content"] = {"application/json": {"schema": schema}}
        made: Json = {
            "tags": [resource],
            "operationId": "_".join(part.strip("_") for part in (resource, name)),
            "parameters": parameters,
            "responses": {"200": response},
        }
        for text in ("summary", "description"):
            if isinstance(operation.get(text), str):
                made[text] = operation[text]
        if operation.get("deprecated") is True:
            made["description"] = f"Deprecated. {made.get('description', '')}".strip()
        if body is not None:
            made["requestBody"] = body
        return made

    def _payload(self, success: Success, place: str) -> Payload:
        if success.kind != "json":
            return Payload(success.kind, None)
        at = f"{place} → success"
        lowered = self.lowering.lower(success.schema, at)
        return take_off(lowered, at, self.lowering, self.report)

    def _name(self, resource: str, method: str, path: str, place: str, payload: Payload) -> str:
        locked = self.locked.get(place)
        given = self.overlay.operations.get(place, {}).get("name")
        if locked is not None:
            name = locked.name.split(".")[-1]
        elif given is not None:
            name = str(given)
        else:
            siblings = frozenset(m for m in METHODS if m in self.document["paths"][path])
            name = not_keyword(method_name(method, path, kind=payload.kind, siblings=siblings))
        if locked is None and given is None:
            name = self._free(resource, name, longer_names(name, method, path), place)
        if not name.isidentifier() or iskeyword(name):
            self.report.refuse(place, f"no usable name ({name!r}); name it in the overlay")
        other = self._taken.setdefault(f"{resource}.{name}", place)
        if other != place:
            self.report.refuse(
                place,
                f"the name {resource}.{name} is also that of {other}; name one in the overlay",
            )
        return name

    def _free(self, resource: str, name: str, longer: list[str], place: str) -> str:
        """`name`, or the first longer one that no other operation of the group has."""
        taken = self._taken.keys() | self._kept
        if f"{resource}.{name}" not in taken:
            return name
        for candidate in longer:
            if f"{resource}.{candidate}" not in taken and candidate.isidentifier():
                self.report.ignore(place, f"is {resource}.{candidate}: {name} is another operation")
                return candidate
        return name

    def _compare_with_lock(self, place: str) -> None:
        """Note a payload that moved: the type that callers get changes with it."""
        before, now = self.locked.get(place), self.names[place]
        if before is not None and (before.kind, before.unwrap) != (now.kind, now.unwrap):
            was, is_ = (f"{e.kind} at {'.'.join(e.unwrap) or 'the top'}" for e in (before, now))
            self.report.ignore(place, f"the payload was a {was} and is a {is_} now")

    def _lift_parameter(self, schema: Json, entity: str, name: str, wire: str, place: str) -> Json:
        at = f"{place}.{wire}"
        fallback = pascal(f"{entity} {name} {wire}")
        target = schema.get("items") if schema.get("type") == "array" else schema
        lifted = self.lifter.lift(target or {}, owned_name(entity, wire), at, fallback=fallback)
        return {**schema, "items": lifted} if schema.get("type") == "array" else lifted

    def _body(
        self, operation: Json, entity: str, name: str, place: str, method: str
    ) -> Json | None:
        found = request_body(operation, place, self.report)
        if found is None:
            return None
        if method in ("get", "head"):
            self.report.refuse(f"{place} → requestBody", f"a {method.upper()} takes no body")
        content_type, schema, _ = found
        if content_type == "application/octet-stream":
            raw = {"type": "string", "format": "binary"}
            return {"required": True, "content": {content_type: {"schema": raw}}}
        lowered = self.lowering.lower(schema, f"{place} → requestBody")
        target = self.lowering.target(lowered)
        wanted = f"{entity}{pascal(name)}Input"
        if target.get("properties"):
            lifted = self.lifter.lift_body(target, wanted, entity, f"{place}.body")
        else:
            lifted = self.lifter.lift(lowered, wanted, f"{place}.body")
        sent = split_inputs(lifted, self.lifter.components)
        return {"required": True, "content": {content_type: {"schema": sent}}}

    def _result(
        self, payload: Payload, success: Success, resource: str, name: str, place: str
    ) -> Json | None:
        if payload.schema is None:
            return {"type": "string"} if success.kind in ("text", "bytes") else None
        owner = result_name(resource, name)
        if payload.kind == "page":
            part = payload.item_owner or resource
            entity = pascal(singular(resource))
            owner = owned_name(entity, part, item=True) if payload.item_owner else owner
            owner = pascal(singular(owner))
        return self.lifter.lift(
            payload.schema,
            owner,
            f"{place}.result",
            fallback=f"{result_name(resource, name)}Result",
        )

    def _facts(
        self,
        resource: str,
        name: str,
        path: str,
        method: str,
        operation: Json,
        payload: Payload,
        success: Success,
        place: str,
    ) -> Json:
        entry = self.overlay.operations.get(place, {})
        return {
            "operation": f"{resource}.{name}",
            "method": name,
            "http": method.upper(),
            "path": plain_path(path),
            "kind": payload.kind,
            "unwrap": payload.unwrap,
            "auth": accepted_schemes(self.document, operation, place, self.report),
            "idempotent": bool(entry.get("idempotent", method in _IDEMPOTENT)),
            "accept": success.accept,
            "errors": error_statuses(operation),
            "nullable": bool((payload.schema or {}).get("x-nullable")),
        }
