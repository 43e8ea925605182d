"""From two APIs to the changes that a caller of the SDK should know of. Pure.

Texts of the document are in the changes as they are; `report` escapes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from attrs import frozen

from ...api import Api, Argument, Model, Operation, Type
from ...document_text import DocumentText
from .change import Change, Severity
from .types import read_change, sent_change


@frozen
class Value:
    """An argument or a field, as far as a change of it matters."""

    type: Type
    required: bool
    nullable: bool
    positional: bool
    wire: str
    """Location and wire name."""
    doc: DocumentText


def compare(old: Api, new: Api) -> list[Change]:
    """Return the changes, the most severe first."""
    found = [*_operations(old, new), *_models(old, new), *_enums(old, new)]
    order = {"major": 0, "minor": 1, "patch": 2, "none": 3}
    return sorted(set(found), key=lambda f: (order[f.severity], f.subject, f.text))


def _operations(old: Api, new: Api) -> Iterator[Change]:
    for name in sorted(old.operations.keys() | new.operations.keys()):
        before, after = old.operations.get(name), new.operations.get(name)
        if before is None:
            assert after is not None
            yield Change("minor", name, "new operation", after.place.unescaped)
        elif after is None:
            yield Change("major", name, "the operation is gone", before.place.unescaped)
        else:
            yield from _operation(name, before, after)


def _operation(name: str, old: Operation, new: Operation) -> Iterator[Change]:
    place = new.place.unescaped
    if old.kind != new.kind:
        yield Change("major", name, f"gives a {new.kind} instead of a {old.kind}", place)
    elif old.gives_pager != new.gives_pager:
        text = "gives a pager instead of a page" if new.gives_pager else "gives one page only now"
        yield Change("major", name, text, place)
    elif (severity := read_change(old.result, new.result)) != "none":
        yield Change(severity, name, f"gives {new.result} instead of {old.result}", place)
    elif old.nullable != new.nullable:
        text = "may give None now" if new.nullable else "never gives None any more"
        yield Change("major" if new.nullable else "minor", name, text, place)
    yield from _auth(name, old, new)
    if _wire(old) != _wire(new):
        yield Change("patch", name, "is sent or read another way on the wire", place)
    if (old.summary, old.description) != (new.summary, new.description):
        yield Change("patch", name, "is described otherwise", place)
    for key, before, after in _pairs(_arguments(old), _arguments(new)):
        yield from _argument(f"{name}({key}=)", before, after, place)


def _wire(operation: Operation) -> tuple[object, ...]:
    """What a caller does not see of how an operation is sent and read."""
    paging = operation.paging
    where = (paging.items, paging.meta) if paging else None
    return operation.http, operation.path, operation.unwrap, where, operation.accept


def _arguments(operation: Operation) -> dict[str, Value]:
    body = operation.body.content_type.unescaped if operation.body else ""
    return {
        argument.name: Value(
            argument.type,
            argument.required,
            argument.nullable,
            argument.location == "path",
            _wire_name(argument, body),
            argument.doc,
        )
        for argument in operation.arguments
    }


def _wire_name(argument: Argument, body: str) -> str:
    """Where and how an argument is sent."""
    location = body if argument.location == "body" else argument.location
    comma = " comma" if argument.comma_separated else ""
    return f"{location} {argument.wire.unescaped}{comma}"


def _fields(model: Model) -> dict[str, Value]:
    return {
        field.name: Value(
            field.type, field.required, field.nullable, False, field.wire.unescaped, field.doc
        )
        for field in model.fields
    }


def _auth(name: str, old: Operation, new: Operation) -> Iterator[Change]:
    before, after = frozenset(old.auth), frozenset(new.auth)
    if before == after:
        return
    severity: Severity = "major"
    lost = before - after
    if not before:
        text = f"needs a credential now ({_schemes(new)})"
    elif not after:
        severity, text = "patch", "needs no credential any more"
    elif lost:
        text = f"takes only {_schemes(new)} now, no {' or '.join(sorted(lost))}"
    else:
        severity, text = "minor", f"also takes {' or '.join(sorted(after - before))} now"
    yield Change(severity, name, text, new.place.unescaped)


def _schemes(operation: Operation) -> str:
    return " or ".join(sorted(operation.auth))


def _argument(subject: str, old: Value | None, new: Value | None, place: str) -> Iterator[Change]:
    if old is None:
        assert new is not None
        text = "new required argument" if new.required else "new optional argument"
        yield Change("major" if new.required else "minor", subject, text, place)
    elif new is None:
        yield Change("major", subject, "the argument is gone", place)
    else:
        yield from _sent(subject, old, new, place)


def _sent(subject: str, old: Value, new: Value, place: str) -> Iterator[Change]:
    if old.required != new.required:
        text = "is required now" if new.required else "is optional now"
        yield Change("major" if new.required else "minor", subject, text, place)
    if old.positional != new.positional:
        yield Change("major", subject, "is passed by position or keyword the other way", place)
    if old.nullable != new.nullable:
        text = "takes None now" if new.nullable else "does not take None any more"
        yield Change("minor" if new.nullable else "major", subject, text, place)
    yield from _retyped(subject, old, new, place, sent_change)


def _retyped(
    subject: str, old: Value, new: Value, place: str, change: Callable[[Type, Type], Severity]
) -> Iterator[Change]:
    severity = change(old.type, new.type)
    if severity != "none":
        yield Change(severity, subject, _retyped_text(old.type, new.type), place)
    if old.wire != new.wire and old.positional == new.positional:
        yield Change("patch", subject, f"is {new.wire!r} on the wire, was {old.wire!r}", place)
    if old.doc != new.doc:
        yield Change("patch", subject, "is described otherwise", place)


def _retyped_text(old: Type, new: Type) -> str:
    if old.kind == new.kind == "enum":
        return _members(old.members, new.members)
    return f"is {new}, was {old}"


def _members(before: Iterable[DocumentText | int], after: Iterable[DocumentText | int]) -> str:
    old, new = set(map(_member, before)), set(map(_member, after))
    parts = [f"gains {', '.join(sorted(new - old))}"] if new - old else []
    parts += [f"loses {', '.join(sorted(old - new))}"] if old - new else []
    return " and ".join(parts)


def _member(value: DocumentText | int) -> str:
    return value.unescaped if isinstance(value, DocumentText) else str(value)


def _models(old: Api, new: Api) -> Iterator[Change]:
    for name in sorted(old.models.keys() | new.models.keys()):
        subject = f"models.{name}"
        before, after = old.models.get(name), new.models.get(name)
        if before is None:
            assert after is not None
            yield Change("minor", subject, "new class", after.place.unescaped)
        elif after is None:
            yield Change("major", subject, "the class is gone", before.place.unescaped)
        else:
            yield from _model(subject, before, after)


def _model(subject: str, old: Model, new: Model) -> Iterator[Change]:
    place = new.place.unescaped
    if old.doc != new.doc:
        yield Change("patch", subject, "is described otherwise", place)
    for key, before, after in _pairs(_fields(old), _fields(new)):
        at = f"{subject}.{key}"
        if new.is_input:
            yield from _argument(at, before, after, f"{place}.{key}")
        elif before is None:
            yield Change("minor", at, "new field", f"{place}.{key}")
        elif after is None:
            yield Change("major", at, "the field is gone", f"{old.place.unescaped}.{key}")
        else:
            yield from _read(at, before, after, f"{place}.{key}")


def _read(subject: str, old: Value, new: Value, place: str) -> Iterator[Change]:
    maybe_before, maybe_now = (not v.required or v.nullable for v in (old, new))
    if maybe_now != maybe_before:
        text = "may be None now" if maybe_now else "is never None any more"
        yield Change("major" if maybe_now else "minor", subject, text, place)
    yield from _retyped(subject, old, new, place, read_change)


def _enums(old: Api, new: Api) -> Iterator[Change]:
    for name in sorted(old.enums.keys() | new.enums.keys()):
        subject, place = f"models.{name}", f"components.schemas.{name}"
        before, after = old.enums.get(name), new.enums.get(name)
        if before is None:
            yield Change("minor", subject, "new alias", place)
        elif after is None:
            yield Change("major", subject, "the alias is gone", place)
        elif before.values != after.values:
            lost = set(before.values) - set(after.values)
            sent = name in old.sent_enums | new.sent_enums
            severity: Severity = "major" if lost and sent else "minor"
            yield Change(severity, subject, _members(before.values, after.values), place)


def _pairs(
    old: Mapping[str, Value], new: Mapping[str, Value]
) -> Iterator[tuple[str, Value | None, Value | None]]:
    for key in sorted(old.keys() | new.keys()):
        yield key, old.get(key), new.get(key)
