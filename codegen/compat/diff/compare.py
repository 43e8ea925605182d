"""Two sets of facts → the findings that a caller of the SDK should know of. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from .facts import Facts, ModelFacts, OperationFacts, Shape, Value
from .finding import Finding, Severity
from .shapes import read_change, sent_change


def compare(old: Facts, new: Facts) -> list[Finding]:
    """The findings, the gravest first."""
    found = [*_operations(old, new), *_models(old, new), *_enums(old, new)]
    order = {"major": 0, "minor": 1, "patch": 2, "none": 3}
    return sorted(set(found), key=lambda f: (order[f.severity], f.subject, f.text))


def _operations(old: Facts, new: Facts) -> Iterator[Finding]:
    for name in sorted(old.operations.keys() | new.operations.keys()):
        before, after = old.operations.get(name), new.operations.get(name)
        if before is None:
            assert after is not None
            yield Finding("minor", name, "new operation", after.place)
        elif after is None:
            yield Finding("major", name, "the operation is gone", before.place)
        else:
            yield from _operation(name, before, after)


def _operation(name: str, old: OperationFacts, new: OperationFacts) -> Iterator[Finding]:
    place = new.place
    if old.kind != new.kind:
        yield Finding("major", name, f"gives a {new.kind} instead of a {old.kind}", place)
    elif (severity := read_change(old.result, new.result)) != "none":
        yield Finding(severity, name, f"gives {new.result} instead of {old.result}", place)
    elif old.nullable != new.nullable:
        text = "may give None now" if new.nullable else "never gives None any more"
        yield Finding("major" if new.nullable else "minor", name, text, place)
    yield from _auth(name, old, new)
    if old.wire != new.wire:
        yield Finding("patch", name, "is sent or read another way on the wire", place)
    if old.doc != new.doc:
        yield Finding("patch", name, "is described otherwise", place)
    for key, before, after in _pairs(old.arguments, new.arguments):
        yield from _argument(f"{name}({key}=)", before, after, place)


def _auth(name: str, old: OperationFacts, new: OperationFacts) -> Iterator[Finding]:
    if old.auth == new.auth:
        return
    severity: Severity = "major"
    lost = old.auth - new.auth
    if not old.auth:
        text = f"needs a credential now ({_schemes(new)})"
    elif not new.auth:
        severity, text = "patch", "needs no credential any more"
    elif lost:
        text = f"takes only {_schemes(new)} now, no {' or '.join(sorted(lost))}"
    else:
        severity, text = "minor", f"also takes {' or '.join(sorted(new.auth - old.auth))} now"
    yield Finding(severity, name, text, new.place)


def _schemes(facts: OperationFacts) -> str:
    return " or ".join(sorted(facts.auth))


def _argument(subject: str, old: Value | None, new: Value | None, place: str) -> Iterator[Finding]:
    if old is None:
        assert new is not None
        text = "new required argument" if new.required else "new optional argument"
        yield Finding("major" if new.required else "minor", subject, text, place)
    elif new is None:
        yield Finding("major", subject, "the argument is gone", place)
    else:
        yield from _sent(subject, old, new, place)


def _sent(subject: str, old: Value, new: Value, place: str) -> Iterator[Finding]:
    if old.required != new.required:
        text = "is required now" if new.required else "is optional now"
        yield Finding("major" if new.required else "minor", subject, text, place)
    if old.positional != new.positional:
        yield Finding("major", subject, "is passed by position or keyword the other way", place)
    if old.nullable != new.nullable:
        text = "takes None now" if new.nullable else "does not take None any more"
        yield Finding("minor" if new.nullable else "major", subject, text, place)
    yield from _retyped(subject, old, new, place, sent_change)


def _retyped(
    subject: str, old: Value, new: Value, place: str, change: Callable[[Shape, Shape], Severity]
) -> Iterator[Finding]:
    severity = change(old.shape, new.shape)
    if severity != "none":
        yield Finding(severity, subject, _turned(old.shape, new.shape), place)
    if old.wire != new.wire and old.positional == new.positional:
        yield Finding("patch", subject, f"is {new.wire!r} on the wire, was {old.wire!r}", place)
    if old.doc != new.doc:
        yield Finding("patch", subject, "is described otherwise", place)


def _turned(old: Shape, new: Shape) -> str:
    if old.kind == new.kind == "enum":
        return _members(old.members, new.members)
    return f"is {new}, was {old}"


def _members(old: frozenset[str], new: frozenset[str]) -> str:
    parts = [f"gains {', '.join(sorted(new - old))}"] if new - old else []
    parts += [f"loses {', '.join(sorted(old - new))}"] if old - new else []
    return " and ".join(parts)


def _models(old: Facts, new: Facts) -> Iterator[Finding]:
    for name in sorted(old.models.keys() | new.models.keys()):
        subject = f"models.{name}"
        before, after = old.models.get(name), new.models.get(name)
        if before is None:
            assert after is not None
            yield Finding("minor", subject, "new class", after.place)
        elif after is None:
            yield Finding("major", subject, "the class is gone", before.place)
        else:
            yield from _model(subject, before, after)


def _model(subject: str, old: ModelFacts, new: ModelFacts) -> Iterator[Finding]:
    if old.doc != new.doc:
        yield Finding("patch", subject, "is described otherwise", new.place)
    for key, before, after in _pairs(old.fields, new.fields):
        at = f"{subject}.{key}"
        if new.is_input:
            yield from _argument(at, before, after, f"{new.place}.{key}")
        elif before is None:
            yield Finding("minor", at, "new field", f"{new.place}.{key}")
        elif after is None:
            yield Finding("major", at, "the field is gone", f"{old.place}.{key}")
        else:
            yield from _read(at, before, after, f"{new.place}.{key}")


def _read(subject: str, old: Value, new: Value, place: str) -> Iterator[Finding]:
    maybe_before, maybe_now = (not v.required or v.nullable for v in (old, new))
    if maybe_now != maybe_before:
        text = "may be None now" if maybe_now else "is never None any more"
        yield Finding("major" if maybe_now else "minor", subject, text, place)
    yield from _retyped(subject, old, new, place, read_change)


def _enums(old: Facts, new: Facts) -> Iterator[Finding]:
    for name in sorted(old.enums.keys() | new.enums.keys()):
        subject, place = f"models.{name}", f"components.schemas.{name}"
        before, after = old.enums.get(name), new.enums.get(name)
        if before is None:
            yield Finding("minor", subject, "new alias", place)
        elif after is None:
            yield Finding("major", subject, "the alias is gone", place)
        elif before != after:
            lost = before - after
            sent = name in old.sent | new.sent
            severity: Severity = "major" if lost and sent else "minor"
            yield Finding(severity, subject, _members(before, after), place)


def _pairs(
    old: Mapping[str, Value], new: Mapping[str, Value]
) -> Iterator[tuple[str, Value | None, Value | None]]:
    for key in sorted(old.keys() | new.keys()):
        yield key, old.get(key), new.get(key)
