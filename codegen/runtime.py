"""The names of the run time that generated code imports: the only place that knows where they are.

`api` and `models` are siblings of `_core` in the package.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

_CORE: Final[dict[str, str]] = {
    "UNSET": "unset", "Unset": "unset", "File": "bodies.multipart",
    "as_date": "scalars", "comma_separated": "serialize", "path_segment": "serialize",
    "by_discriminator": "envelope.discriminator", "identity": "envelope.convert",
    "optional": "envelope.convert", "to_boolean": "envelope.convert", "to_date": "envelope.convert",
    "to_datetime": "envelope.convert", "to_integer": "envelope.convert",
    "to_list": "envelope.convert", "to_map": "envelope.convert", "to_number": "envelope.convert",
    "to_text": "envelope.convert", "to_union": "envelope.convert",
    "keep_rest": "envelope.fields", "read": "envelope.fields",
    "read_date": "envelope.fields", "read_datetime": "envelope.fields",
    "read_id": "envelope.fields", "read_list": "envelope.fields",
    "read_number": "envelope.fields", "required": "envelope.fields",
    "Record": "record", "redact": "secret", "wrap_secret": "secret",
    "Call": "operation", "FormBody": "bodies.form", "JsonBody": "serialize",
    "PageLayout": "operation", "MultipartBody": "bodies.multipart", "Operation": "operation",
    "RawBody": "bodies.raw",
    "Page": "pagination.page", "Pager": "pagination.pager", "OffsetPager": "pagination.offset",
    "Resource": "resource", "RawMethods": "resource", "ContentResource": "content",
    "with_raw_response": "resource", "page_with_raw_response": "resource",
    "CallOptions": "call_options", "lazy_resource": "resource",
    "deprecated": "deprecation", "deprecated_class": "deprecation", "removed_error": "deprecation",
    "Sender": "sender",
}  # fmt: skip
"""Module below `_core` by name."""

READERS: Final = (
    "by_discriminator", "identity", "optional", "to_boolean", "to_date", "to_datetime",
    "to_integer", "to_list", "to_map", "to_number", "to_text", "to_union",
)  # fmt: skip
"""The functions that read a value of a declared type."""

SENSITIVE: Final = "sensitive"
"""The argument of `Operation` for bodies with credentials."""

_STANDARD: Final = {
    "Any", "Final", "Literal", "Mapping", "Self", "Sequence", "TYPE_CHECKING", "TypeAlias",
    "TypeGuard", "builtins", "datetime", "define", "get_args", "Resources", "Unpack",
    "import_module", "AsyncResource", "BlockingPager", "BlockingResource", "Deadline", "CallRunner",
    "blocking_resource",
}  # fmt: skip

NAMES: Final = frozenset({*_CORE, *_STANDARD} - {"Record"})
"""Names that a generated module imports: no class or argument of the document may have one."""


def core_imports(names: Iterable[str], dots: str) -> list[str]:
    """The import statements for `names`, from a module that is `dots` away from the package."""
    by_module: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        by_module.setdefault(_CORE[name.partition(" as ")[0]], []).append(name)
    return [
        f"from {dots}_core.{module} import {', '.join(found)}"
        for module, found in sorted(by_module.items())
    ]


_PACKAGE: Final = Path(__file__).resolve().parent.parent / "src" / "actuallycare"
_GENERATED: Final = ("api/", "blocking/api/", "models/")


_CLASS: Final = re.compile(r"^class (\w+)(?:\(([^)]*)\))?:", re.MULTILINE)


@cache
def _handwritten_classes() -> dict[str, tuple[Path, list[str]]]:
    """The file and the bases of each class of the SDK, without those of generated code.

    They are read, not imported: the package cannot be imported while its generated code is broken.
    """
    found: dict[str, tuple[Path, list[str]]] = {}
    for path in sorted(_PACKAGE.rglob("*.py")):
        if not path.relative_to(_PACKAGE).as_posix().startswith(_GENERATED):
            for name, bases in _CLASS.findall(path.read_text(encoding="utf-8")):
                found[name] = path, re.findall(r"\w+", re.sub(r"\[.*?\]", "", bases))
    return found


@cache
def _parsed(path: Path) -> dict[str, ast.ClassDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


def class_members(name: str) -> frozenset[str]:
    """Return the attributes of a handwritten class and of its bases; empty when there is none."""
    if name not in _handwritten_classes():
        return frozenset()
    path, bases = _handwritten_classes()[name]
    cls = _parsed(path)[name]
    members = {n for statement in cls.body for n in _defined(statement)}
    members |= {n.attr for n in ast.walk(cls) if isinstance(n, ast.Attribute) and _is_set(n)}
    return frozenset(members).union(*map(class_members, bases))


def subclass_members(base: str) -> frozenset[str]:
    """Return the attributes of every handwritten class that extends `base`, and of `base`."""
    classes = _handwritten_classes()

    def extends(name: str) -> bool:
        return name == base or (name in classes and any(map(extends, classes[name][1])))

    return frozenset[str]().union(*map(class_members, filter(extends, classes)))


def _defined(statement: ast.stmt) -> list[str]:
    """The names that a statement of a class body defines."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [statement.name]
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    if isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _is_set(node: ast.Attribute) -> bool:
    """Whether this is an assignment to an attribute of `self`."""
    owner = node.value
    return isinstance(node.ctx, ast.Store) and isinstance(owner, ast.Name) and owner.id == "self"


_PLANNED: Final = {
    "close", "request", "is_closed", "models", "api", "get", "post", "put", "patch", "delete",
    "head", "base_url", "timeout", "send", "resources", "bulk",
}  # fmt: skip
"""Names that the client may get: a resource of this name would be renamed then."""

CLIENT_ATTRIBUTES: Final = subclass_members("Resources") | _PLANNED | {"lazy_resource", "type"}
"""Attributes of the client, and what its class body uses: no resource may have one."""

RESOURCE_ATTRIBUTES: Final = subclass_members("Resource") | subclass_members("BlockingResource") | {
    "with_raw_response", "_resource", "property", "deprecated", "builtins", "datetime",
    "bool", "bytes", "dict", "float", "int", "str", "tuple",
}  # fmt: skip
"""Attributes of every resource, and what its class body uses: no operation may have one."""

MODEL_ATTRIBUTES: Final = frozenset({"additional_properties", "from_dict", "to_dict", "to_json"})
"""Attributes of every model: no field may have one."""

CALL_OPTIONS: Final = class_members("CallOptions")
"""Keyword arguments that every method takes."""

ARGUMENT_NAMES: Final = (
    frozenset(name for name in NAMES if name.islower())
    | CALL_OPTIONS
    | {"self", "options", "deadline"}
)
"""Names that the signature and the body of a method use: no argument may have one."""
