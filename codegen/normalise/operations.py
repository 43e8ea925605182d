"""Operations: each one's name, arguments, payload and body, from its part of the document."""

from __future__ import annotations

from typing import Any

from attrs import define, evolve, field, frozen

from ..api import ANY, Argument, Body, Operation, Paging, Type
from ..document import METHODS, Json, as_text, is_true, iter_operations, operation_place
from ..findings import Findings, Unsupported
from ..lock import LockedOperation
from ..names import pascal, qualified_class_name, result_name, singular
from ..source.overlay import Overlay
from .all_of import ANNOTATIONS, is_unconstrained
from .arguments import body_arguments, name_parameters
from .bodies import RequestBody, request_body
from .claims import claim_names, reached_components
from .envelope import unwrap_envelope
from .operation_names import Named, name_operations, resource_of
from .pagination import Payload, asks_for_pages, paging_of
from .parameters import Parameter, normalise_parameters
from .responses import Success, error_statuses, success_response
from .schemas import SchemaNormaliser
from .security import accepted_schemes
from .types import TypeBuilder


@frozen
class Draft:
    """An operation before it has its name: classes of inline schemas are named after that."""

    path: str
    method: str
    place: str
    node: Json
    resource: str
    success: Success
    payload: Payload
    parameters: list[Parameter]
    body: RequestBody | None
    body_schema: Json
    """Normalised; `{}` without a body."""


@define
class OperationBuilder:
    """Builds the operations of one document."""

    document: Json
    """With `paths` whose references are in place."""
    overlay: Overlay
    locked: dict[str, LockedOperation]
    schemas: SchemaNormaliser
    types: TypeBuilder
    findings: Findings
    names: dict[str, LockedOperation] = field(factory=dict[str, LockedOperation], init=False)
    """The entries that this run writes to the lock."""

    def build(self) -> dict[str, Operation]:
        """Return the operations by public name. One that cannot be supported is left out."""
        drafts: list[Draft] = []
        for path, method, node in iter_operations(self.document):
            place = operation_place(method, path)
            try:
                drafts.append(self._draft(path, method, place, node))
            except Unsupported as reason:
                at = reason.place if reason.place.startswith(place) else f"{place} → {reason.place}"
                self.findings.fall_back("omitted", at, reason.reason, reason.action)
        roots = [s for d in drafts for s in (d.payload.schema, d.body_schema)]
        roots += [parameter.schema for draft in drafts for parameter in draft.parameters]
        reached = reached_components(self.schemas, roots)
        claim_names(self.schemas, self.types.names, reached)
        methods = name_operations(
            [self._named(draft) for draft in drafts], self.overlay, self.locked, self.findings
        )
        built = [self._operation(draft, methods[draft.place]) for draft in drafts]
        return {operation.name: operation for operation in built}

    def _draft(self, path: str, method: str, place: str, node: Json) -> Draft:
        findings, schemas = self.findings, self.schemas
        success = success_response(node, place, findings)
        parameters = normalise_parameters(node, path, place, schemas, findings)
        locked = self.locked.get(place)
        named = resource_of(node, path, place, self.overlay, findings)
        body = request_body(node, place, findings)
        if body is not None and method in ("get", "head"):
            at = f"{place} → requestBody"
            findings.fall_back("dropped", at, f"a {method.upper()} takes no body")
            body = None
        at = f"{place} → requestBody"
        return Draft(
            path,
            method,
            place,
            node,
            locked.name.split(".")[0] if locked else named,
            success,
            self._payload(success, method, place, asks_for_pages(parameters)),
            parameters,
            body,
            schemas.normalise(body.schema, at) if body else {},
        )

    def _payload(self, success: Success, method: str, place: str, asks_pages: bool) -> Payload:
        """The payload of a success; `any` when the document does not describe it."""
        if method == "head" or success.kind == "empty":
            return Payload("none", None)
        if success.kind != "json":
            return Payload(success.kind, None)
        at = f"{place} → success"
        schema = self.schemas.normalise(success.schema, at)
        payload = unwrap_envelope(schema, at, self.schemas, self.findings, asks_pages=asks_pages)
        if payload.kind == "none" and method == "get":
            reason = "the envelope is documented without data"
        elif payload.kind == "record" and self._says_nothing(payload):
            reason = "the schema says nothing about the payload"
        else:
            return payload
        action = "give it a schema with [[response]] in codegen/overlay.toml"
        self.findings.fall_back("any", f"{place} → responses", reason, action)
        return Payload("any", None)

    def _says_nothing(self, payload: Payload) -> bool:
        """Whether any payload will do: within an envelope, an object of any keys says something."""
        schema = self.schemas.target(payload.schema or {})
        if payload.unwrap:
            return not schema.keys() - ANNOTATIONS
        return is_unconstrained(schema)

    def _named(self, draft: Draft) -> Named:
        siblings = frozenset(m for m in METHODS if m in self.document["paths"][draft.path])
        return Named(
            draft.place, draft.method, draft.path, draft.payload.kind, draft.resource, siblings
        )

    def _operation(self, draft: Draft, method: str) -> Operation:
        payload = draft.payload
        entry = self.overlay.operations.get(draft.place, {})
        self.names[draft.place] = LockedOperation(
            f"{draft.resource}.{method}", payload.kind, [*payload.unwrap]
        )
        self._compare_with_lock(draft.place)
        arguments = [*self._parameters(draft, method)]
        body, fields = self._body(draft, method, {argument.name for argument in arguments})
        description = as_text(draft.node.get("description"))
        if is_true(draft.node.get("deprecated")):
            description = f"Deprecated. {description}".strip()
        return Operation(
            resource=draft.resource,
            method=method,
            http=draft.method.upper(),
            path=draft.path,
            place=draft.place,
            kind=payload.kind,
            result=self._result(draft, method),
            nullable=bool((payload.schema or {}).get("nullable")),
            may_be_empty=draft.success.may_be_empty,
            unwrap=payload.unwrap,
            paging=self._paging(draft),
            accept=draft.success.accept,
            auth=accepted_schemes(self.document, draft.node, draft.place, self.findings),
            idempotent=entry.get("idempotent"),
            errors=error_statuses(draft.node),
            arguments=tuple(sorted([*arguments, *fields], key=_signature_order)),
            body=body,
            summary=as_text(draft.node.get("summary")),
            description=description,
        )

    def _paging(self, draft: Draft) -> Paging | None:
        sent = self.schemas.target(draft.body_schema).get("properties", {})
        return paging_of(draft.payload, draft.parameters, sent, draft.place, self.findings)

    def _compare_with_lock(self, place: str) -> None:
        """Note a payload that moved: the type that callers get changes with it."""
        before, now = self.locked.get(place), self.names[place]
        if before is not None and (before.kind, before.unwrap) != (now.kind, now.unwrap):
            was, is_ = (f"{e.kind} at {'.'.join(e.unwrap) or 'the top'}" for e in (before, now))
            self.findings.note(place, f"the payload was a {was} and is a {is_} now")

    def _parameters(self, draft: Draft, method: str) -> list[Argument]:
        entity = pascal(singular(draft.resource))
        names = name_parameters(draft.parameters)
        return [
            Argument(
                names[parameter.location, parameter.wire],
                parameter.wire,
                _location(parameter),
                self._parameter_type(parameter, entity, method, draft.place),
                parameter.required,
                comma_separated=parameter.comma_separated,
                doc=parameter.doc,
            )
            for parameter in draft.parameters
        ]

    def _parameter_type(self, parameter: Parameter, entity: str, method: str, place: str) -> Type:
        wire, schema = parameter.wire, parameter.schema
        name = qualified_class_name(entity, wire)
        fallback = pascal(f"{entity} {method} {wire}")
        inner: Json = schema.get("items", {}) if schema.get("type") == "array" else schema
        found = self.types.build(inner, name, f"{place}.{wire}", sent=True, fallback=fallback)
        return Type("array", inner=(found,)) if schema.get("type") == "array" else found

    def _body(
        self, draft: Draft, method: str, taken: set[str]
    ) -> tuple[Body | None, list[Argument]]:
        """How the body is sent, and its arguments."""
        if draft.body is None:
            return None, []
        entity, at = pascal(singular(draft.resource)), f"{draft.place}.body"
        target = self.schemas.target(draft.body_schema)
        spread = bool(target.get("properties")) and draft.body.kind != "raw"
        body = Body(draft.body.kind, draft.body.content_type, spread, draft.body.required)
        if spread:
            fields = self.types.fields(target, entity, at, sent=True)
            return body, body_arguments(fields, taken)
        whole = Type("binary")
        if body.kind != "raw":
            name = f"{entity}{pascal(method)}Input"
            whole = self.types.build(draft.body_schema, name, at, sent=True)
        name = "body_" if "body" in taken else "body"
        doc = "The request body."
        return body, [Argument(name, "", "body", whole, body.required, doc=doc)]

    def _result(self, draft: Draft, method: str) -> Type:
        schema: Any = draft.payload.schema
        if schema is None:
            return ANY
        owner = result_name(draft.resource, method)
        fallback = f"{owner}Result"
        if draft.payload.kind == "page":
            entity, part = pascal(singular(draft.resource)), draft.payload.item_owner
            owner = qualified_class_name(entity, part, item=True) if part else owner
            owner = pascal(singular(owner))
        paged = draft.payload.kind == "page"
        build = self.types.item if paged else self.types.build
        return build(schema, owner, f"{draft.place}.result", sent=False, fallback=fallback)


def mark_sensitive(operation: Operation, types: TypeBuilder) -> Operation:
    """Return the operation, marked when credentials are in its bodies, as in the vendor's /auth."""
    sent = [a.type for a in operation.in_location("body")]
    secret = any(a.secret for a in operation.arguments)
    sensitive = (
        secret
        or operation.path.unescaped.startswith("/auth/")
        or _holds_secret([operation.result, *sent], types)
    )
    return evolve(operation, sensitive=sensitive)


def _holds_secret(found: list[Type], types: TypeBuilder) -> bool:
    """Whether a credential is among the fields of any of these, however deep."""
    seen: set[str] = set()
    stack = list(found)
    while stack:
        for inner in stack.pop().walk():
            if inner.kind != "model" or inner.name in seen:
                continue
            seen.add(inner.name)
            fields = types.models[inner.name].fields
            if any(f.secret for f in fields):
                return True
            stack += [f.type for f in fields]
    return False


def _location(parameter: Parameter) -> Any:
    return parameter.location


def _signature_order(argument: Argument) -> tuple[bool, bool, int, bool]:
    """Path values, required ones, then the body's, the query's and headers; paging comes last."""
    order = ("path", "body", "query", "header")
    paging = argument.location == "query" and argument.wire.unescaped in ("page", "limit")
    in_path = argument.location == "path"
    return (
        not in_path,
        not in_path and not argument.required,
        order.index(argument.location),
        paging,
    )
