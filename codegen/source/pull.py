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

import httpx
from attrs import frozen

from ..document import Json, dumps, is_object, iter_operations, operation_place
from ..errors import CodegenError, Problem
from .published import is_derived

URL: Final = "https://api.actuallycare.com/v1/openapi.json"
"""Where the vendor publishes the document (vendor page api/reference)."""

MAX_BYTES: Final = 20 * 2**20
"""A document above this is not one: the vendor's is a few hundred kilobytes."""

_TIMEOUT = httpx.Timeout(30.0)
_REDIRECTS = 5


@frozen
class Fetched:
    """What came over the wire."""

    status: int
    content_type: str
    content: bytes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `python -m codegen pull`."""
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--url", default=URL, help=f"default: {URL}")
    source.add_argument(
        "--from", dest="file", type=Path, metavar="FILE", help="read a file instead"
    )
    parser.add_argument("--to", type=Path, metavar="FILE", help="default: openapi.json")


def run(options: argparse.Namespace) -> int:
    """Pull as the options say; the exit status."""
    target: Path = options.to or Path(__file__).resolve().parents[2] / "openapi.json"
    source = str(options.file or options.url)
    try:
        content = _read(options.file) if options.file else fetch(options.url)
        document = parse(content, source)
        try:
            print(write(document, target))
        except OSError as error:
            raise _rejected(str(target), f"it cannot be written ({error.strerror})") from None
    except CodegenError as refused:
        print(refused, file=sys.stderr)
        print(f"{target.name} was left as it is.", file=sys.stderr)
        return 1
    return 0


def fetch(url: str) -> bytes:
    """The body behind `url`. Sends no credentials; follows redirects on the same host only."""
    try:
        origin = _origin(url)
        with httpx.Client(timeout=_TIMEOUT, follow_redirects=False) as client:
            for _ in range(_REDIRECTS):
                fetched, location = _get(client, url)
                if location is None:
                    return check_response(fetched, url)
                source, url = url, str(httpx.URL(url).join(location))
                if _origin(url) != origin:
                    raise _rejected(
                        source,
                        f"it redirects to {url}; if that is right, pull with --url {url}",
                    )
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        name = type(error).__name__
        raise _rejected(
            url,
            f"no complete answer ({name}: {error}); check the URL and the network, or use --from",
        ) from None
    raise _rejected(url, f"more than {_REDIRECTS} redirects; check the URL")


def _origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port; `CodegenError` when the URL carries credentials."""
    parts = httpx.URL(url)
    if parts.userinfo:
        raise _rejected(
            f"{parts.scheme}://…@{parts.host}",
            "the URL carries credentials, which would be sent and shown; the document is public, "
            "so leave out what stands before the @",
        )
    return parts.scheme, parts.host, parts.port


def _get(client: httpx.Client, url: str) -> tuple[Fetched, str | None]:
    with client.stream("GET", url, headers={"Accept": "application/json"}) as response:
        if response.has_redirect_location:
            return Fetched(response.status_code, "", b""), response.headers["Location"]
        content = bytearray()
        for chunk in response.iter_bytes():
            content += chunk
            if len(content) > MAX_BYTES:
                raise _rejected(url, f"it is larger than {MAX_BYTES:,} bytes; check the URL")
        kind = response.headers.get("Content-Type", "")
        return Fetched(response.status_code, kind, bytes(content)), None


def check_response(fetched: Fetched, url: str) -> bytes:
    """The body of a response that may hold a document; `CodegenError` otherwise."""
    if fetched.status != 200:
        raise _rejected(
            url, f"the server answered {fetched.status}, 200 was expected; check the URL"
        )
    if "html" in fetched.content_type.lower() or fetched.content.lstrip()[:1] == b"<":
        raise _rejected(
            url, "an HTML page came, not a document; pull from the address of openapi.json itself"
        )
    return fetched.content


def parse(content: bytes, source: str) -> Json:
    """Return the OpenAPI document in `content`; `CodegenError` when there is none."""
    if len(content) > MAX_BYTES:
        raise _rejected(source, f"it is larger than {MAX_BYTES:,} bytes; check the source")
    if not content.strip():
        raise _rejected(source, "it is empty; pull again")
    try:
        document: Any = json.loads(
            content, parse_constant=_no_constant, object_pairs_hook=_unique_keys
        )
        # Half a surrogate pair can be escaped in JSON and not be written back.
        dumps(document).encode()
    except UnicodeDecodeError:
        raise _rejected(source, "it is not UTF-8; check the source") from None
    except UnicodeEncodeError as error:
        half = ascii(error.object[error.start])
        raise _rejected(source, f"it holds half a character ({half}); check the source") from None
    except RecursionError:
        raise _rejected(source, "it is nested too deeply to be a document") from None
    except json.JSONDecodeError as error:
        cut = content.lstrip()[:1] == b"{" and content.rstrip()[-1:] != b"}"
        told = "it ends in the middle; pull again" if cut else "it is not JSON (YAML is not read)"
        raise _rejected(source, f"{told} ({error.msg}, line {error.lineno})") from None
    except ValueError as error:
        raise _rejected(source, f"{error}; check the source") from None
    return check_document(document, source)


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
        raise _rejected(source, "an object was expected; this is JSON, but no OpenAPI document")
    version = document.get("openapi", document.get("swagger"))
    if not isinstance(document.get("openapi"), str):
        told = f"Swagger {version}" if version else "no `openapi` version"
        raise _rejected(source, f"{told} was found, OpenAPI 3.0 or 3.1 expected; check the source")
    if not re.fullmatch(r"3\.[01](\..*)?", str(version)):
        raise _rejected(source, f"OpenAPI {version} was found, 3.0 or 3.1 is read")
    for section in ("paths", "components"):
        parts = document.get(section, {})
        if not is_object(parts):
            raise _rejected(f"{source}#/{section}", "an object was expected")
        for name, part in parts.items():
            if not is_object(part) and not name.startswith("x-"):
                raise _rejected(f"{source}#/{section}/{name}", "an object was expected")
    if not list(iter_operations(document)):
        raise _rejected(source, "it has no operations; check the source")
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
        lines[0] += f"; also changed: {', '.join(elsewhere)}"
    gone = sorted(before.keys() - after.keys())
    if gone:
        shown = ", ".join(gone[:5]) + (" …" if len(gone) > 5 else "")
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


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _rejected(
            str(path), f"it cannot be read ({error.strerror}); check the path"
        ) from None


def _rejected(source: str, reason: str) -> CodegenError:
    return CodegenError([Problem(source, reason)])
