"""Describe a record to pydantic. Imported only when pydantic asks, so it is installed then."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any, NotRequired, Required, get_type_hints

from attrs import NOTHING, fields
from pydantic_core import core_schema
from typing_extensions import TypedDict  # pydantic requires this one before Python 3.12


def record_schema(cls: Any, handler: Any) -> core_schema.CoreSchema:
    """Return the schema of a model: an object with its attributes, which is read by `from_dict`.

    Records themselves are accepted unchanged. They are serialized by `to_dict`, so dates and
    additional properties are included.
    """
    content = handler(_typed_dict(cls))
    read = core_schema.no_info_after_validator_function(cls.from_dict, content)
    return core_schema.json_or_python_schema(
        json_schema=read,
        python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), read]),
        serialization=core_schema.plain_serializer_function_ser_schema(_to_dict, info_arg=True),
    )


def _to_dict(record: Any, info: core_schema.SerializationInfo) -> dict[str, Any]:
    plain: dict[str, Any] = record.to_dict(mode="json" if info.mode == "json" else "python")
    return plain


@cache
def _typed_dict(cls: Any) -> Any:
    """Return a TypedDict with the attributes of a model.

    Cached, because pydantic recognizes a type that contains itself by identity.
    """
    package = import_module(cls.__module__.rpartition(".")[0])
    # Some modules import each other's models for type checkers only.
    known = {name: getattr(package, name) for name in package.__all__}
    hints = get_type_hints(cls, localns=known)
    content = {
        field.name: (Required if field.default is NOTHING else NotRequired)[hints[field.name]]
        for field in fields(cls)
        if field.name != "additional_properties"
    }
    make: Any = TypedDict  # type checkers accept literals only
    made = make(cls.__name__, content)
    made.__module__ = cls.__module__
    made.__doc__ = cls.__doc__
    made.__pydantic_config__ = {"extra": "allow"}
    return made
