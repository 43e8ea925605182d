"""Fetch the vendor's document into openapi.json: checked first, written whole or not at all."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, Final, NoReturn

from ..document import Json, dumps, is_object, iter_operations, operation_place
from ..errors import CodegenError
from ..escaping import one_line
from .download import DEADLINE, MAX_BYTES, Downloaded, download, rejected
from .published import is_derived

URL: Final = "https://api.actuallycare.com/v1/openapi.json"
"""Where the vendor publishes the document (vendor page api/reference)."""

_DEEPEST = 200
"""Nesting of JSON: every step of generation may use a few frames for each level."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `python -m codegen pull`."""
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--url", default=URL, help=f"default: {URL}")
    source.add_argument(
        "--from", dest="file", type=Path, metavar="FILE", help="read a file instead"
    )
    add_deadline(parser)
    parser.add_argument("--to", type=Path, metavar="FILE", help="default: openapi.json")


def add_deadline(parser: argparse.ArgumentParser) -> None:
    """The option that limits the download as a whole."""
    parser.add_argument(
        "--deadline",
        type=float,
        default=DEADLINE,
        metavar="SECONDS",
        help=f"for the whole download; default: {DEADLINE:g}",
    )


def run(options: argparse.Namespace) -> int:
    """Pull as the options say; the exit status."""
    target: Path = options.to or Path(__file__).resolve().parents[2] / "openapi.json"
    source = str(options.file or options.url)
    try:
        document = parse(read(options), source)
        try:
            print(write(document, target))
        except OSError as error:
            raise rejected(str(target), f"it cannot be written ({error.strerror})") from None
    except CodegenError as error:
        print(error, file=sys.stderr)
        print(f"{target.name} was left as it is.", file=sys.stderr)
        return 1
    return 0


def fetch(url: str, *, deadline: float = DEADLINE) -> bytes:
    """Return the body behind `url`; `CodegenError` when it cannot be a document."""
    return check_response(download(url, deadline=deadline), url)


def check_response(fetched: Downloaded, url: str) -> bytes:
    """The body of a response that may hold a document; `CodegenError` otherwise."""
    if fetched.status != 200:
        raise rejected(
            url, f"the server answered {fetched.status}, 200 was expected; check the URL"
        )
    if "html" in fetched.content_type.lower() or fetched.content.lstrip()[:1] == b"<":
        raise rejected(
            url, "an HTML page came, not a document; pull from the address of openapi.json itself"
        )
    return fetched.content


def parse(content: bytes, source: str) -> Json:
    """Return the OpenAPI document in `content`; `CodegenError` when there is none."""
    if len(content) > MAX_BYTES:
        raise rejected(source, f"it is larger than {MAX_BYTES:,} bytes; check the source")
    if not content.strip():
        raise rejected(source, "it is empty; pull again")
    if _nesting(content) > _DEEPEST:
        raise rejected(source, f"it is nested more than {_DEEPEST} deep, which no document is")
    try:
        # Decoded here: json.loads would also accept UTF-16 and UTF-32, which RFC 8259 does not.
        document: Any = json.loads(
            content.decode("utf-8-sig"), parse_constant=_no_constant, object_pairs_hook=_unique_keys
        )
        # Half a surrogate pair can be escaped in JSON and not be written back.
        dumps(document).encode()
    except UnicodeDecodeError:
        raise rejected(source, "it is not UTF-8; check the source") from None
    except UnicodeEncodeError as error:
        half = ascii(error.object[error.start])
        raise rejected(source, f"it contains half a character ({half}); check the source") from None
    except RecursionError:
        raise rejected(source, "it is nested too deeply to be a document") from None
    except json.JSONDecodeError as error:
        cut = content.lstrip()[:1] == b"{" and content.rstrip()[-1:] != b"}"
        problem = (
            "it ends in the middle; pull again" if cut else "it is not JSON (YAML is not read)"
        )
        raise rejected(source, f"{problem} ({error.msg}, line {error.lineno})") from None
    except ValueError as error:
        raise rejected(source, f"{error}; check the source") from None
    return check_document(document, source)


def _nesting(content: bytes) -> int:
    """Return how deep objects and arrays are nested, without recursion; texts are passed over."""
    deepest = depth = 0
    for token in re.finditer(rb'(?s)"(?:[^"\\\\]|\\\\.)*+"?|[][{}]', content):
        if token[0] in (b"[", b"{"):
            depth += 1
            deepest = max(deepest, depth)
        elif token[0] in (b"]", b"}"):
            depth -= 1
    return deepest


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} was found, which is not JSON")


def _unique_keys(pairs: list[tuple[str, Any]]) -> Json:
    """An object; ValueError when a key is given twice, since a parser would keep only the last."""
    found = dict(pairs)
    if len(found) < len(pairs):
        key, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        raise ValueError(f"the key {key!r} is given twice in one object")
    return found


def check_document(document: Any, source: str) -> Json:
    """`document`, or `CodegenError` when it is no OpenAPI 3.0 or 3.1 document with operations."""
    if not is_object(document):
        raise rejected(source, "an object was expected; this is JSON, but no OpenAPI document")
    version = document.get("openapi", document.get("swagger"))
    if not isinstance(document.get("openapi"), str):
        found = f"Swagger {version}" if version else "no `openapi` version"
        raise rejected(source, f"{found} was found, OpenAPI 3.0 or 3.1 expected; check the source")
    if not re.fullmatch(r"3\.[01](\..*)?", str(version)):
        raise rejected(source, f"OpenAPI {version} was found, 3.0 or 3.1 is read")
    for section in ("paths", "components"):
        parts = document.get(section, {})
        if not is_object(parts):
            raise rejected(f"{source}#/{section}", "an object was expected")
        for name, part in parts.items():
            if not is_object(part) and not name.startswith("x-"):
                raise rejected(f"{source}#/{section}/{name}", "an object was expected")
    if not list(iter_operations(document)):
        raise rejected(source, "it has no operations; check the source")
    return document


def write(document: Json, target: Path) -> str:
    """Write the canonical text of `document` to `target` in one step; says what changed."""
    text = dumps(document)
    before = target.read_bytes() if target.exists() else None
    if before == text.encode():
        return f"{target.name}: unchanged"
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    if before is None:
        return f"{target.name}: {len(_operations(document))} operations, written for the first time"
    try:
        old = parse(before, target.name)
    except CodegenError:
        count = len(_operations(document))
        return f"{target.name}: {count} operations, in place of a file that was no document"
    return summary(old, document, target.name)


def summary(old: Json, new: Json, name: str) -> str:
    """What changed, in a line or two."""
    before, after = _operations(old), _operations(new)
    lines = [f"{name}: {_difference('operations', before, after)}; {_schemas(old, new)}"]
    elsewhere = _elsewhere(old, new)
    if elsewhere:
        shown = ", ".join(one_line(name, 100) for name in elsewhere[:20])
        lines[0] += f"; also changed: {shown}"
    gone = sorted(before.keys() - after.keys())
    if gone:
        shown = ", ".join(one_line(name, 100) for name in gone[:5]) + (
            " …" if len(gone) > 5 else ""
        )
        lines.append(f"operations that left: {shown}")
    if is_derived(old) and not is_derived(new):
        lines.append("the document that was derived from the reference is replaced by a pulled one")
    return "\n".join(lines)


def _operations(document: Json) -> Json:
    return {operation_place(m, p): o for p, m, o in iter_operations(document)}


def _elsewhere(old: Json, new: Json) -> list[str]:
    """The parts that differ beside operations and schemas."""
    before, after = (
        {key: part for key, part in document.items() if key not in ("paths", "components")}
        | {
            f"components.{key}": part
            for key, part in document.get("components", {}).items()
            if key != "schemas"
        }
        for document in (old, new)
    )
    return sorted(key for key in before | after if before.get(key) != after.get(key))


def _schemas(old: Json, new: Json) -> str:
    before, after = (d.get("components", {}).get("schemas", {}) for d in (old, new))
    return _difference("schemas", before, after)


def _difference(kind: str, before: Json, after: Json) -> str:
    added, removed = len(after.keys() - before.keys()), len(before.keys() - after.keys())
    changed = sum(before[key] != after[key] for key in before.keys() & after.keys())
    return f"{kind} +{added} -{removed} ~{changed}"


def read(options: argparse.Namespace) -> bytes:
    """Return the content of the file or of the URL that the options name."""
    if options.file:
        return read_file(options.file)
    return fetch(options.url, deadline=options.deadline)


def read_file(path: Path) -> bytes:
    """Return the content of a file, as far as a document may be long, and one byte more."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise rejected(str(path), f"it cannot be read ({error.strerror}); check the path") from None
