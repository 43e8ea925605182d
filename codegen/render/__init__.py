"""The functions that the templates print with: from `Api` objects to `Code`.

The templates only lay out; every decision about a type, an expression or a docstring is made here,
where it has unit tests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from ..api import Api, Enum, Operation
from ..names import module_name, pascal
from ..runtime import core_imports
from . import blocking, model, operation
from .deprecated import DeprecatedMethod, class_of, deprecated_resources, method_of
from .text import Code, docstring, literal, name

__all__ = ["Code", "Group", "groups_of", "template_functions"]


@frozen
class Group:
    """One resource, as code."""

    resource: str
    operations: list[Operation]
    deprecated: list[DeprecatedMethod]
    class_name: Code
    raw_class_name: Code
    imports: Callable[[str], list[Code]]
    """The imports of models, by the dots that lead to the package."""

    @property
    def module_doc(self) -> Code:
        """Docstring of the module."""
        return docstring([f"The operations of `client.{self.resource}`."], 0)

    @property
    def doc(self) -> Code:
        """Docstring of the resource class."""
        options = "Every method also takes the options of a call: see `actuallycare.CallOptions`."
        return docstring([f"`client.{self.resource}`.", "", options], 4)

    @property
    def raw_doc(self) -> Code:
        """Docstring of the class with raw responses."""
        return docstring([f"`client.{self.resource}.with_raw_response`."], 4)


@frozen
class PublicClass:
    """A class, alias or function of `models`, and its module."""

    name: Code
    module: Code


def resource_base(group: Group) -> Code:
    """The base class of a resource: one that reads text and bytes, where the document has them."""
    contents = any(o.kind in ("text", "bytes") for o in group.operations)
    return Code("ContentResource" if contents else "Resource")


def resource_names(api: Api) -> list[str]:
    """Every resource, those among them that only have deprecated names."""
    return sorted(api.resources().keys() | deprecated_resources(api))


def resource_classes(api: Api) -> dict[str, Code]:
    """The class of each resource; no class of `models` has that name."""
    out: dict[str, Code] = {}
    taken = {*api.models, *api.enums}
    for resource in resource_names(api):
        found = f"{pascal(resource)}Resource"
        while found in taken:
            found += "Group"
        taken.add(found)
        out[resource] = name(found)
    return out


def groups_of(api: Api) -> dict[str, Group]:
    """Return every resource as code."""
    classes, resources = resource_classes(api), api.resources()
    return {name: _group(name, resources.get(name, []), api, classes) for name in classes}


def _group(resource: str, operations: list[Operation], api: Api, classes: dict[str, Code]) -> Group:
    aliases = [a for a in api.aliases if a.name.split(".")[0] == resource]
    deprecated = [method_of(a, api, classes) for a in sorted(aliases, key=lambda a: a.name)]
    cls = classes[resource]
    raw = f"{cls.removesuffix('Resource')}WithRawResponse"
    while raw in api.models or raw in api.enums:
        raw += "Group"
    printed = [*operations, *(d.target for d in deprecated if d.target)]

    def imports(dots: str) -> list[Code]:
        return operation.resource_imports(printed, api, dots)

    return Group(resource, operations, deprecated, cls, name(raw), imports)


def template_functions(api: Api) -> Mapping[str, Callable[..., Any] | Api]:
    """The globals of the templates."""
    classes = resource_classes(api)
    guards = model.guard_names(api)
    enums: dict[str, list[Enum]] = {}
    for enum in api.enums.values():
        enums.setdefault(enum.module, []).append(enum)

    def public_classes() -> list[PublicClass]:
        found = [PublicClass(name(c.name), name(c.module)) for c in api.models.values()]
        for enum in api.enums.values():
            found.append(PublicClass(name(enum.name), name(enum.module)))
            found.append(PublicClass(name(guards[enum.name]), name(enum.module)))
        return sorted(found, key=_by_name)

    def enums_of(module: str) -> list[Enum]:
        return enums.get(module, [])

    def enum_code(enum: Enum) -> model.EnumCode:
        return model.enum_code(enum, guards[enum.name])

    def resource_property_doc(resource: str) -> Code:
        return docstring([f"Operations on {resource.replace('_', ' ')}."], 8)

    def resource_module(resource: str) -> Code:
        return name(module_name(resource))

    return {
        "api": api,
        "name": name,
        "literal": literal,
        "constant": operation.constant,
        "operation_arguments": operation.operation_arguments,
        "signature": operation.signature,
        "returns": operation.returns,
        "blocking_signature": blocking.blocking_signature,
        "blocking_returns": blocking.blocking_returns,
        "blocking_docstring": blocking.blocking_docstring,
        "blocking_call": blocking.blocking_call,
        "define": operation.define,
        "deliver": operation.deliver,
        "raw_wrapper": operation.raw_wrapper,
        "method_docstring": operation.method_docstring,
        "secrets": operation.secrets,
        "send": operation.send,
        "core_of_operations": operation.core,
        "core_of_blocking": blocking.core,
        "core_of_models": model.core,
        "core_of_aliases": lambda: [Code(x) for x in core_imports(["deprecated_class"], "..")],
        "core_of_resources": lambda: [
            Code(line) for line in core_imports(["Sender", "lazy_resource"], "..")
        ],
        "model_code": model.model_code,
        "model_imports": model.ModelImports(api).of,
        "enum_code": enum_code,
        "enums_of": enums_of,
        "public_classes": public_classes,
        "resource_base": resource_base,
        "resource_names": lambda: resource_names(api),
        "resource_module": resource_module,
        "resource_class": classes.__getitem__,
        "resource_property_doc": resource_property_doc,
        "deprecated_classes": lambda: [
            class_of(a) for a in sorted(api.aliases, key=_by_name) if a.name.startswith("models.")
        ],
    }


def _by_name(named: Any) -> str:
    return str(named.name)
