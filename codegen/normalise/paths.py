"""Paths and servers: one template syntax, no version in the paths, and the base URL."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit

from attrs import frozen

from ..document import METHODS, Json, as_array, as_object, as_text, is_object
from ..escaping import INVISIBLE
from ..findings import Findings

_PREFIX_SEGMENT = re.compile(r"api|rest|v\d+(?:\.\d+)*")
_LABEL = r":([A-Za-z_][A-Za-z0-9_]*)(?:\([^()]*\))?\??"
_URL = re.compile(
    r"https?://(?:[^/?#\s]*@)?"
    r"(?:\[[0-9A-Fa-f:.]+\]|[^/?#\s{}<>\\:@.\[\]][^/?#\s{}<>\\:@\[\]]*)"
    r"(?::\d{1,5})?(?:/[^?#\s{}<>\\]*)?",
    re.IGNORECASE,
)
"""A base URL: a host, perhaps a port, and a path. Nothing of a template is left in it."""
_LOCAL_HOSTS = {"localhost", "127.0.0.1", "0.0.0.0", "::1"}  # noqa: S104 - names, not a bind

_LONGEST = 2_000
_MOST_LABELS = 50
_MOST_SERVERS = 20

HOST = "actuallycare.com"
"""The vendor's domain: no document may send credentials anywhere else by default."""
DEFAULT_BASE_URL = "https://api.actuallycare.com/v1"


@frozen
class Paths:
    """The path items by template, and the server."""

    items: Json
    base_url: str


def normalise_paths(document: Json, findings: Findings) -> Paths:
    """Bring every path into OpenAPI's template syntax and take a common prefix off.

    `/v1/listings/:id` under the server `https://host` becomes `/listings/{id}` under
    `https://host/v1`, so that names do not start with the version.
    """
    items: Json = {}
    for path, item in document["paths"].items():
        if path.startswith("x-"):
            continue  # an extension, which OpenAPI allows here
        template = template_path(path)
        problem = _path_problem(template)
        if problem:
            findings.fall_back("omitted", path, problem)
            continue
        _merge(items, template, item, path, findings)
    prefix = _common_prefix([*items])
    base_url = _base_url(document, prefix, findings)
    return Paths({path.removeprefix(prefix): item for path, item in items.items()}, base_url)


def template_path(path: str) -> str:
    """Write Express's `/:id` as OpenAPI's `/{id}`; a colon inside a segment is none (AIP-136)."""
    segments = [
        re.sub(_LABEL, r"{\1}", segment) if segment.startswith(":") else segment
        for segment in path.split("/")
    ]
    return "/".join(segments)


def _path_problem(path: str) -> str:
    """Return why a path might leave its server, wherever it is appended; empty when it cannot."""
    if not re.match(r"/(?![/\\])", path):
        return "a path that starts with one slash was expected"
    if len(path) > _LONGEST or path.count("{") > _MOST_LABELS:
        return f"a path of at most {_LONGEST} characters and {_MOST_LABELS} labels was expected"
    # A label is replaced by its value, so a space in its name is never sent.
    sent = re.sub(r"{[^{}/]*}", lambda label: label[0].replace(" ", ""), path)
    if re.search(r"[\\?#\s]", sent) or any(unicodedata.category(c) in INVISIBLE for c in path):
        return "a path without \\, ?, #, spaces and invisible characters was expected"
    if re.search(r"[{}]", re.sub(r"{[^{}]+}", "", path)):
        return "a path whose braces are in pairs around a name was expected"
    if "*" in re.sub(r"{[^{}]+}", "", path):
        return "a path without the wildcard * was expected: write a label in its place"
    # A URL may write the dots as %2e, which servers and libraries read as dots.
    if re.search(r"/\.\.?(/|$)", re.sub("%2e", ".", path, flags=re.IGNORECASE)):
        return "a path without the segments . and .. was expected"
    return ""


def _merge(items: Json, template: str, item: Any, path: str, findings: Findings) -> None:
    before = items.get(template)
    if before is None or not is_object(before) or not is_object(item):
        if before is not None:
            findings.note(path, f"is also given as another spelling of {template}")
        items[template] = item if before is None else before
        return
    # `/things/{id}` in one route file, `/things/:id` in another: one path.
    for key, value in item.items():
        if key in METHODS and key in before:
            findings.fall_back(
                "omitted", f"{key.upper()} {path}", f"{template} has this method already"
            )
        else:
            before = {**before, key: value}
    items[template] = before


def _common_prefix(paths: list[str]) -> str:
    """The segments such as `/api/v1` that all paths begin with."""
    split = [path.split("/")[1:] for path in paths]
    prefix: list[str] = []
    for index in range(min((len(s) - 1 for s in split), default=0)):
        here = {segments[index] for segments in split}
        if len(here) != 1 or not _PREFIX_SEGMENT.fullmatch(next(iter(here))):
            break
        prefix += here
    return "".join(f"/{segment}" for segment in prefix)


def _base_url(document: Json, prefix: str, findings: Findings) -> str:
    listed = as_array(document.get("servers"))[:_MOST_SERVERS]
    found = [url for url in map(_server_url, listed) if url]
    usable = [url for url in found if urlsplit(url).hostname not in _LOCAL_HOSTS]
    if len(found) < len(listed):
        reason = f"of {len(listed)}, {len(found)} have a URL that can be called"
        findings.note("servers", f"{reason}; the others are passed over")
    if not usable:
        base = DEFAULT_BASE_URL
        if prefix and not base.endswith(prefix):
            findings.note("servers", f"there is none for {prefix}; {base} stays the base URL")
        return base
    url = usable[0] if usable[0].endswith(prefix) else usable[0] + prefix
    parts = urlsplit(url)
    trusted = parts.hostname == HOST or str(parts.hostname).endswith(f".{HOST}")
    if parts.scheme != "https" or not trusted or "@" in parts.netloc:
        findings.note(
            "servers",
            f"the server {url:.200} is not one of {HOST}; {DEFAULT_BASE_URL} stays the base URL, "
            "because credentials go there",
        )
        return DEFAULT_BASE_URL
    return url


def _server_url(server: Any) -> str:
    """The URL of a server with its variables at their defaults; empty when there is none."""
    url = as_text(as_object(server).get("url")).strip()
    variables = as_object(as_object(server).get("variables"))
    if len(url) > _LONGEST or len(variables) > _MOST_LABELS:
        return ""
    for name, variable in variables.items():
        values = [as_object(variable).get("default"), *as_array(as_object(variable).get("enum"))]
        value = next((v for v in values if isinstance(v, str | int)), None)
        url = url if value is None else url.replace("{" + name + "}", str(value))
    if url.startswith("/") and not url.startswith("//"):
        parts = urlsplit(DEFAULT_BASE_URL)
        url = f"{parts.scheme}://{parts.netloc}{url}"
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if not _URL.fullmatch(url) or not parts.hostname:
        return ""
    return url.rstrip("/")
