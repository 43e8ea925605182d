"""Names: from the words of the document to Python identifiers, by rules without I/O."""

from __future__ import annotations

import builtins
import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from functools import cache
from keyword import iskeyword

import inflection

# Path segments that name an action rather than a thing.
_VERBS = frozenset({"search", "verify", "export", "download", "preview", "validate", "count", "me"})
# Words that inflection takes for plurals, or gives a singular that nobody uses. The kept library of
# this kind, inflect, is correct for most of them, but importing it costs 2.8 s of CPU (typeguard
# compiles each of its functions), which is more than all of a run. It also says "datum".
_UNCOUNTED = ("ss", "us", "is")
_UNCHANGED = frozenset(
    {"data", "metadata", "media", "criteria", "sms", "lens", "https", "gps", "aws"}
)
_IRREGULAR = {"caches": "cache", "leaves": "leave", "bonuses": "bonus"}

RESERVED = (set(dir(builtins)) | {"self", "true", "false", "datetime"}) - {"id"}
"""Names that generated code uses itself, or that a reader expects to be Python's own."""

_DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}
"""Names that no file of Windows can have."""

_LONGEST = 80
"""Longest name in characters: nobody types more than this."""

_MOST_BYTES = 200
"""Longest name in UTF-8: file systems accept at most 255 bytes for `name.py`."""


_MOST_READ = 1_000
"""Characters of a text that names are made of: one of megabytes may be used a thousand times."""


def _normalized(text: str) -> str:
    """The start of a text in NFKC, with a plain `I` for `İ`.

    `İ` is the one capital whose lower case has two characters (Unicode's SpecialCasing.txt). The
    second is no letter, and openapi-python-client drops it.
    """
    return unicodedata.normalize("NFKC", text[:_MOST_READ]).replace("İ", "I")


def words(text: str) -> list[str]:
    """`listPrice`, `list-price`, `list_price` → `["list", "price"]`; `2FA` is one word."""
    plain = _normalized(text)
    text = "".join(c if f"a{c}".isidentifier() else " " for c in plain)
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z0-9])(?=[A-Z][a-z])", " ", text)
    lower = [unicodedata.normalize("NFKC", word.lower()) for word in re.split(r"[\W_]+", spaced)]
    return [word for word in lower if word]


def snake(text: str) -> str:
    """`listPrice` → `list_price`."""
    return "_".join(words(text))


def pascal(text: str) -> str:
    """`list_price` → `ListPrice`."""
    return "".join(word[:1].upper() + word[1:] for word in words(text))


def class_name(text: str) -> str:
    """A class for a name of the document: `user_profile` → `UserProfile`, `2fa` → `Model2fa`."""
    name = unicodedata.normalize("NFKC", pascal(text))
    if name and not (name.isidentifier() and name[0].isupper()):
        # Scripts without capitals: an argument or a module may have the same name otherwise.
        name = f"Model{name}"
    if iskeyword(name):
        name = f"{name}Model"
    # openapi-python-client drops a `_`, so two classes would have one name.
    return bounded(name, separator="")


def identifier(text: str, *, reserved: Collection[str] = (), prefix: str = "f_") -> str:
    """A lower-case identifier for a name of the document: `listPrice` → `list_price`.

    Identifiers are compared after NFKC, as Python does. Reserved names get an underscore.
    """
    plain = _normalized(text)
    kept = "".join(c if c.isidentifier() or c.isdecimal() else " " for c in plain if c != "'")
    if any(c.isupper() for c in kept):
        kept = " ".join(re.split("([A-Z]?[a-z]+)", kept))
    name = bounded(unicodedata.normalize("NFKC", "_".join(re.findall(r"[^\s_]+", kept)).lower()))
    if not name.isidentifier():
        name = f"{prefix}{name}" if name else f"{prefix}value"
    if name in RESERVED or iskeyword(name) or name in reserved:
        name += "_"
    return name


def bounded(name: str, *, separator: str = "_") -> str:
    """`name`, cut to a length that file systems and people accept; different names stay so."""
    encoded = name.encode("utf-8", "replace")
    if len(name) <= _LONGEST and len(encoded) <= _MOST_BYTES:
        return name
    kept = encoded[: _MOST_BYTES - 9].decode("utf-8", "ignore")[: _LONGEST - 9]
    return f"{kept}{separator}{hashlib.sha256(encoded).hexdigest()[:8]}"


def module_name(name: str) -> str:
    """A file name for an identifier: of ASCII, because file systems disagree about the rest."""
    if name.isascii():
        return f"{name}_" if name in _DEVICES else name
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    digest = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8]
    plain = plain.strip("_")
    return f"{plain if plain.isidentifier() else 'module'}_{digest}"


def unique_identifiers(wires: Iterable[str], *, reserved: Collection[str] = ()) -> dict[str, str]:
    """An identifier for each wire name, no two alike: `listPrice` beside `list_price` gets a 2.

    A wire name that is an identifier already comes first; the order of `wires` does not matter.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for wire in sorted(set(wires), key=lambda w: (identifier(w, reserved=reserved) != w, w)):
        names[wire] = free_name(identifier(wire, reserved=reserved), taken)
        taken.add(names[wire])
    return names


def free_name(name: str, taken: Collection[str]) -> str:
    """`name`, or `name_2` and so on, whichever is not taken."""
    if name not in taken:
        return name
    stem = name.rstrip("_")
    return f"{stem}_{free_number(lambda number: f'{stem}_{number}' in taken)}"


def free_number(is_taken: Callable[[int], bool]) -> int:
    """The number behind those from 2 on that are taken, by few questions: there may be many."""
    last, free = 1, 2
    while is_taken(free):
        last, free = free, free * 2
    while free - last > 1:
        middle = (last + free) // 2
        last, free = (middle, free) if is_taken(middle) else (last, middle)
    return free


def singular(text: str) -> str:
    """A name with its last word in the singular: `public_companies` → `public_company`."""
    head, separator, last = text.rpartition("_")
    lead = re.sub(r"[A-Z][^A-Z]*$", "", last) if last[:1].isupper() else ""
    word = last[len(lead) :]
    single = _singular_word(word.lower())
    if single == word.lower():
        return text
    return head + separator + lead + (single.capitalize() if word[:1].isupper() else single)


@cache
def _singular_word(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _UNCHANGED or word.endswith(_UNCOUNTED) or not word.isalpha():
        return word
    return inflection.singularize(word)


def escape_keyword(name: str) -> str:
    """A name that can be typed: `import` → `import_`."""
    return f"{name}_" if iskeyword(name) else name


def resource_name(tag: str, *, reserved: Collection[str] = ()) -> str:
    """The attribute of the client for a tag: `API Keys` → `api_keys`, `2FA` → `group_2fa`."""
    name = bounded(unicodedata.normalize("NFKC", snake(tag)))
    if not name:
        return "default"
    if not name.isidentifier():
        name = f"group_{name}"
    return f"{name}_group" if name in reserved else escape_keyword(name)


def method_name(method: str, path: str, *, kind: str, siblings: frozenset[str]) -> str:
    """The Python method for an operation; `siblings` are the methods of the same path."""
    segments = path.strip("/").split("/")
    on_item = segments[-1].startswith("{") and segments[-1].endswith("}")
    segments, verb = _custom_verb(segments)
    tail = [snake(segment) for segment in segments[1:] if not segment.startswith("{")]
    if verb:
        return "_".join([*(singular(word) for word in tail), verb])
    if not tail:
        plain = {"get": "get" if on_item else "list", "post": "create", "delete": "delete"}
        if method in ("put", "patch"):
            return "patch" if method == "patch" and "put" in siblings else "update"
        return plain.get(method, method)
    noun = "_".join([*(singular(word) for word in tail[:-1]), tail[-1]])
    if on_item:
        noun = singular(noun)
    if method == "get":
        if tail[-1] in _VERBS:
            return noun
        return f"list_{noun}" if kind == "page" and not on_item else f"get_{noun}"
    if method in ("delete", "patch"):
        return f"{'update' if method == 'patch' else method}_{noun}"
    # A path that can also be read is a thing (update_profile), otherwise an action (revoke).
    if method == "put" and ("get" in siblings or on_item):
        return f"update_{noun}"
    return f"create_{singular(noun)}" if method == "post" and "get" in siblings else noun


def _custom_verb(segments: list[str]) -> tuple[list[str], str]:
    """The segments without a verb after a colon (AIP-136), and the verb: `things:search`."""
    head, colon, verb = segments[-1].partition(":")
    if not colon or not head:
        return segments, ""
    return [*segments[:-1], head], snake(verb)


def fallback_names(name: str, method: str, path: str) -> list[str]:
    """Other names for an operation when another one has `name`: the shortest first."""
    name = name.rstrip("_")
    parameters = [snake(p) for p in re.findall(r"{([^}]+)}", path)]
    out: list[str] = []
    if method == "patch" and name.startswith("update"):
        out.append("patch" + name.removeprefix("update"))
    if parameters:
        out += [f"{name}_by_{parameters[-1]}", f"{name}_by_{'_and_'.join(parameters)}"]
    return [*out, bounded(f"{method}_{snake(path)}")]


def body_keyword(name: str, taken: Collection[str]) -> str:
    """The keyword for a field of the body: its own name, unless a parameter has it."""
    return f"body_{name}" if name in taken else name


def qualified_class_name(owner: str, wire: str, *, item: bool = False) -> str:
    """The class for something inline below `owner`: `Listing` + `status` → `ListingStatus`."""
    part = pascal(wire)
    if item and owner.endswith(part):
        return owner[: -len(part)] + pascal(singular(part))
    if item:
        part = pascal(singular(snake(wire)))
    return part if part.startswith(owner) else owner + part


def result_name(resource: str, method: str) -> str:
    """The class for the result of an operation: `auth.login` → `AuthLogin`."""
    bare = re.sub(r"^(get|list)_", "", method)
    return pascal(singular(resource)) + pascal(bare)
