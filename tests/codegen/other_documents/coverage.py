"""Which operations of a document became methods, and what each method returns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

from attrs import frozen

from .. import surface
from .generator import Finding

Outcome = Literal["typed", "any", "none", "omitted"]
OUTCOMES: tuple[Outcome, ...] = ("typed", "any", "none", "omitted")

_METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")
_EMPTY = {"204", "205"}
_ENVELOPE = {"success", "message", "msg", "status", "statuscode", "code", "timestamp", "error"}
"""Names that say how it went, and hold no data."""


@frozen
class Operation:
    """One operation of a document."""

    http: str
    path: str
    node: dict[str, Any]
    document: dict[str, Any]

    @property
    def place(self) -> str:
        """How findings name it."""
        return f"{self.http} {self.path}"

    @property
    def successes(self) -> dict[str, dict[str, Any]]:
        """The documented 2xx responses, by status."""
        responses = self.node.get("responses")
        if not isinstance(responses, dict):
            return {}
        named = {str(status): self.resolve(response) for status, response in responses.items()}
        return {s: r for s, r in named.items() if s.startswith("2") and isinstance(r, dict)}

    @property
    def schemas(self) -> list[Any]:
        """The schemas of its successes, references followed."""
        contents = (response.get("content") for response in self.successes.values())
        media = (m for c in contents if isinstance(c, dict) for m in c.values())
        return [self.resolve(m["schema"]) for m in media if isinstance(m, dict) and m.get("schema")]

    @property
    def returns_nothing(self) -> bool:
        """Whether every documented success is an empty one, or an envelope without data."""
        if self.successes and set(self.successes) <= _EMPTY:
            return True
        return bool(self.schemas) and all(map(_no_data, self.schemas))

    def resolve(self, node: Any) -> Any:
        """`node` with a chain of local references followed; {} where it leads nowhere."""
        for _ in range(10):
            if not (isinstance(node, dict) and isinstance(node.get("$ref"), str)):
                break
            target: Any = self.document
            for key in node["$ref"].removeprefix("#/").split("/"):
                key = key.replace("~1", "/").replace("~0", "~")
                target = target.get(key, {}) if isinstance(target, dict) else {}
            node = target
        return node


@frozen
class Coverage:
    """How many operations there are of each outcome, and which lost something unreported."""

    counts: dict[Outcome, int]
    silent: list[str]


def document_operations(document: dict[str, Any]) -> Iterator[Operation]:
    """Every operation below `paths`."""
    for path, item in (document.get("paths") or {}).items():
        for method, node in item.items() if isinstance(item, dict) else ():
            if method.lower() in _METHODS and isinstance(node, dict):
                yield Operation(method.upper(), path, node, document)


def outcomes(
    operations: Iterable[Operation], package: Path, findings: Iterable[Finding]
) -> Coverage:
    """Compare the operations of a document with the methods of the package made of it."""
    methods = surface.methods(package) if package.exists() else {}
    requests = surface.operations(package) if package.exists() else {}
    by_request = {
        (request.http, _shape(request.path)): methods[name]
        for name, request in requests.items()
        if name in methods
    }
    reported = [finding.place for finding in findings]
    counts = Counter[Outcome]()
    silent = list[str]()
    for operation in operations:
        method = next((by_request[k] for k in _keys(operation) if k in by_request), None)
        outcome = _outcome(method)
        counts[outcome] += 1
        places = [f"{operation.http} {path}" for path in _spellings(operation.path)]
        if _loses(operation, outcome) and not any(
            _is_reported(place, outcome, reported) for place in places
        ):
            silent.append(f"{operation.place}: {outcome}")
    return Coverage({outcome: counts[outcome] for outcome in OUTCOMES}, silent)


def _outcome(method: surface.Method | None) -> Outcome:
    if method is None:
        return "omitted"
    result = re.sub(r"^(builtins\.)?(Pager|Page|list)\[(.*)\]$", r"\3", method.result)
    result = result.removesuffix(" | None")
    return "none" if result == "None" else "any" if result == "Any" else "typed"


def _loses(operation: Operation, outcome: Outcome) -> bool:
    """Whether callers get less than the document describes, or than the server may send."""
    match outcome:
        case "omitted":
            return True
        case "none":
            return not operation.returns_nothing
        case "any":
            return not operation.schemas
        case "typed":
            return False


def _is_reported(place: str, outcome: Outcome, reported: Iterable[str]) -> bool:
    """Whether a finding is about the operation; about its result, when it was generated."""
    pattern = re.compile(re.escape(place) + r"(?![\w/{-])(?P<part>.*)")
    found = filter(None, map(pattern.match, reported))
    request = re.compile(r"request|parameter|argument|\bbody\b", re.IGNORECASE)
    return any(outcome == "omitted" or not request.search(match["part"]) for match in found)


def _keys(operation: Operation) -> Iterator[tuple[str, str]]:
    """The request, as the package may spell it."""
    for path in _spellings(operation.path):
        yield operation.http, _shape(path)


def _spellings(path: str) -> Iterator[str]:
    """A path as documented, then without the prefix that belongs to the base URL."""
    yield path
    while prefix := re.match(r"/(?:api|rest|v\d+)(?=/)", path, re.IGNORECASE):
        path = path[prefix.end() :]
        yield path


def _shape(path: str) -> str:
    """A path without the names of its labels, in either syntax."""
    path = path.partition("?")[0].rstrip("/") or "/"
    return re.sub(r"\{[^{}]*\}|(?<=/):\w+", "{}", path)


def _no_data(schema: Any) -> bool:
    properties = schema.get("properties") if isinstance(schema, dict) else None
    return bool(properties) and {str(name).lower() for name in properties} <= _ENVELOPE
