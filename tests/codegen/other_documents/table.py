"""The tables of docs/internals/other-documents.md, and the totals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from attrs import frozen

from .sources import Source
from .trial import Result

Results = Mapping[Source, Result]

_HEAD = (
    "| document | OpenAPI | operations | typed | Any | None | omitted | silent | findings | seconds"
    " | imports | type errors |"
)


@frozen
class Totals:
    """The figures that are judged."""

    documents: int
    operations: int
    callable: int
    tracebacks: int
    silent: int
    not_importable: int
    type_errors: int

    @classmethod
    def of(cls, results: Iterable[Result]) -> Totals:
        """Add up."""
        every = list(results)
        return cls(
            documents=len(every),
            operations=sum(r.operations for r in every),
            callable=sum(r.callable for r in every),
            tracebacks=sum(bool(r.traceback) for r in every),
            silent=sum(len(r.silent) for r in every),
            not_importable=sum(bool(r.import_error) for r in every),
            type_errors=sum(r.type_errors for r in every),
        )

    def __str__(self) -> str:
        share = 100 * self.callable / self.operations if self.operations else 0.0
        return (
            f"{self.documents} documents, {self.operations:,} operations: {share:.1f} % callable, "
            f"{self.tracebacks} tracebacks, {self.silent} silent results, "
            f"{self.not_importable} packages that do not import, {self.type_errors} type errors"
        )


def report(results: Results) -> str:
    """All tables, the back ends of the vendor's kind first."""
    lines = list[str]()
    for group, title in (("express", "Express back ends"), ("other", "Others")):
        of_group = {s: r for s, r in results.items() if s.group == group}
        lines += [f"## {title}", "", f"{Totals.of(of_group.values())}.", ""]
        lines += [_HEAD, "| --- " * _HEAD.count(" | ") + "| --- |"]
        lines += [_row(source, result) for source, result in of_group.items()]
        lines.append("")
    lines += [
        "## Findings by kind",
        "",
        "| documents | times | an example |",
        "| --- | --- | --- |",
    ]
    lines += _kinds(results)
    lines += ["", "## Sources", "", "| document | from | file |", "| --- | --- | --- |"]
    for source in results:
        file = source.path or f"annotations in {', '.join(source.annotations)}"
        lines.append(f"| {source.title} | `{source.origin}` | `{file}` |")
    return "\n".join(lines) + "\n"


def _row(source: Source, r: Result) -> str:
    counts = [r.outcomes.get(name, 0) for name in ("typed", "any", "none", "omitted")]
    figures = [r.operations, *counts, len(r.silent), len(r.findings)]
    shown = " | ".join(f"{n:,}" for n in figures)
    imports = "traceback" if r.traceback else "no" if r.import_error else "yes"
    state = imports if r.accepted or r.traceback else "rejected"
    errors = f"{r.type_errors:,}" if r.accepted else ""
    return f"| {source.title} | {r.version} | {shown} | {r.seconds:.1f} | {state} | {errors} |"


def _kinds(results: Results) -> list[str]:
    """A row for each kind of finding, the most frequent first."""
    times = Counter[str]()
    documents = dict[str, set[str]]()
    examples = dict[str, str]()
    for source, result in results.items():
        for finding in [*result.findings, *filter(None, [result.traceback, result.import_error])]:
            kind = _kind(finding)
            times[kind] += 1
            documents.setdefault(kind, set()).add(source.title)
            examples.setdefault(kind, f"{source.title}: {finding}")
    return [
        f"| {len(documents[kind])} | {count} | {_cell(examples[kind])} |"
        for kind, count in times.most_common(60)
    ]


def _kind(finding: str) -> str:
    """A reason without its place and the names in it."""
    reason = finding.partition(": ")[2] or finding
    return re.sub(r"'[^']*'|`[^`]*`|\b\d+\b|\b[A-Z]\w+\b|\([^)]*\)", "…", reason)[:80]


def _cell(text: str) -> str:
    """Text for a cell of a Markdown table, in one line of readable length."""
    line = " ".join(text.split()).replace("|", "&#124;").replace("<", "&lt;")
    return line if len(line) <= 300 else f"{line[:299]}…"
