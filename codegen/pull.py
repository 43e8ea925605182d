"""Fetch the vendor's document into openapi.json: checked first, written whole or not at all."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
from attrs import frozen

from .document import Json, dumps, is_object, iter_operations, operation_place
from .refusal import Problem, Refused

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
    target: Path = options.to or Path(__file__).resolve().parent.parent / "openapi.json"
    source = str(options.file or options.url)
    try:
        content = _read(options.file) if options.file else fetch(options.url)
        document = parse(content, source)
        print(write(document, target))
    except Refused as refused:
        print(refused, file=sys.stderr)
        print(f"{target.name} was left as it is.", file=sys.stderr)
        return 1
    return 0


def fetch(url: str) -> bytes:
    """The body behind `url`. Sends no credentials; follows redirects on the same host only."""
    origin = urlsplit(url)
    try:
        with httpx.Client(timeout=_TIMEOUT, follow_redirects=False) as client:
            for _ in range(_REDIRECTS):
                fetched, location = _get(client, url)
                if location is None:
                    return check_response(fetched, url)
                url = str(httpx.URL(url).join(location))
                target = urlsplit(url)
                if (target.hostname, target.scheme) != (origin.hostname, origin.scheme):
                    raise _refused(
                        str(origin.geturl()),
                        f"it redirects to {url}; if that is right, pull with --url {url}",
                    )
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        name = type(error).__name__
        raise _refused(
            url,
            f"no complete answer ({name}: {error}); check the URL and the network, or use --from",
        ) from None
    raise _refused(url, f"more than {_REDIRECTS} redirects; check the URL")


def _get(client: httpx.Client, url: str) -> tuple[Fetched, str | None]:
    with client.stream("GET", url, headers={"Accept": "application/json"}) as response:
        if response.is_redirect:
            return Fetched(response.status_code, "", b""), response.headers.get("Location", "")
        content = bytearray()
        for chunk in response.iter_bytes():
            content += chunk
            if len(content) > MAX_BYTES:
                raise _refused(url, f"it is larger than {MAX_BYTES:,} bytes; check the URL")
        kind = response.headers.get("Content-Type", "")
        return Fetched(response.status_code, kind, bytes(content)), None


def check_response(fetched: Fetched, url: str) -> bytes:
    """The body of a response that may hold a document; `Refused` otherwise."""
    if fetched.status != 200:
        raise _refused(
            url, f"the server answered {fetched.status}, 200 was expected; check the URL"
        )
    if "html" in fetched.content_type.lower() or fetched.content.lstrip()[:1] == b"<":
        raise _refused(
            url, "an HTML page came, not a document; pull from the address of openapi.json itself"
        )
    return fetched.content


def parse(content: bytes, source: str) -> Json:
    """The OpenAPI document that `content` holds; `Refused` with what is wrong and what to do."""
    if len(content) > MAX_BYTES:
        raise _refused(source, f"it is larger than {MAX_BYTES:,} bytes; check the source")
    if not content.strip():
        raise _refused(source, "it is empty; pull again")
    try:
        document: Any = json.loads(content)
    except UnicodeDecodeError:
        raise _refused(source, "it is not UTF-8; check the source") from None
    except RecursionError:
        raise _refused(source, "it is nested too deeply to be a document") from None
    except json.JSONDecodeError as error:
        cut = content.lstrip()[:1] == b"{" and content.rstrip()[-1:] != b"}"
        told = "it ends in the middle; pull again" if cut else "it is not JSON (YAML is not read)"
        raise _refused(source, f"{told} ({error.msg}, line {error.lineno})") from None
    return check_document(document, source)


def check_document(document: Any, source: str) -> Json:
    """`document`, or `Refused` when it is no OpenAPI 3.0 or 3.1 document with operations."""
    if not is_object(document):
        raise _refused(source, "an object was expected; this is JSON, but no OpenAPI document")
    version = document.get("openapi", document.get("swagger"))
    if not isinstance(document.get("openapi"), str):
        told = f"Swagger {version}" if version else "no `openapi` version"
        raise _refused(source, f"{told} was found, OpenAPI 3.0 or 3.1 expected; check the source")
    if not str(version).startswith(("3.0", "3.1")):
        raise _refused(source, f"OpenAPI {version} was found, 3.0 or 3.1 is read")
    if not is_object(document.get("paths")) or not list(iter_operations(document)):
        raise _refused(source, "it has no operations; check the source")
    return document


def write(document: Json, target: Path) -> str:
    """Write the canonical text of `document` to `target` in one step; says what changed."""
    text = dumps(document)
    old: Json | None = None
    if target.exists():
        before = target.read_text(encoding="utf-8")
        if before == text:
            return f"{target.name}: unchanged"
        old = json.loads(before)
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
    return summary(old, document, target.name)


def summary(old: Json | None, new: Json, name: str) -> str:
    """What changed, in a line or two."""
    after = {operation_place(m, p): o for p, m, o in iter_operations(new)}
    if old is None:
        return f"{name}: {len(after)} operations, written for the first time"
    before = {operation_place(m, p): o for p, m, o in iter_operations(old)}
    lines = [f"{name}: {_difference('operations', before, after)}; {_schemas(old, new)}"]
    gone = sorted(before.keys() - after.keys())
    if gone:
        shown = ", ".join(gone[:5]) + (" …" if len(gone) > 5 else "")
        lines.append(f"operations that left: {shown}")
    if '"x-inferred"' in json.dumps(old) and '"x-inferred"' not in json.dumps(new):
        lines.append("the inferred snapshot is replaced by a published document")
    return "\n".join(lines)


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
        raise _refused(str(path), f"it cannot be read ({error.strerror}); check the path") from None


def _refused(source: str, reason: str) -> Refused:
    return Refused([Problem(source, reason)])
