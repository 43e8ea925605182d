"""Describe a record to pydantic. Imported only when pydantic asks, so it is installed then."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, NotRequired, Required, get_type_hints

from attrs import NOTHING, fields
from pydantic_core import core_schema
from typing_extensions import TypedDict  # pydantic requires this one before Python 3.12

from .json_value import is_array, is_object


def record_schema(cls: Any, handler: Any, to_plain: Callable[[Any], Any]) -> core_schema.CoreSchema:
    """Return the schema of a model: an object with its attributes, which is read by `from_dict`.

    Records themselves are accepted unchanged. They are serialized by `to_dict`, so dates and
    additional properties are included. `to_plain` returns a value with its records as dicts.
    """

    def read(value: Any, validate: core_schema.ValidatorFunctionWrapHandler) -> Any:
        # Nested records are validated as records; `from_dict` reads dicts.
        return value if isinstance(value, cls) else cls.from_dict(to_plain(validate(value)))

    return core_schema.no_info_wrap_validator_function(
        read,
        handler(_typed_dict(cls)),
        serialization=core_schema.plain_serializer_function_ser_schema(_to_dict, info_arg=True),
    )


def _to_dict(record: Any, info: core_schema.SerializationInfo) -> dict[str, Any]:
    plain: dict[str, Any] = record.to_dict(mode="json" if info.mode == "json" else "python")
    found = {key: value for key, value in plain.items() if _is_selected(key, info)}
    return _without_none(found) if info.exclude_none else found


def _is_selected(key: str, info: core_schema.SerializationInfo) -> bool:
    """Whether a field is asked for. Selections inside a field are for pydantic's own models."""
    exclude: Any = info.exclude or ()
    if info.include is not None and key not in info.include:
        return False
    return key not in exclude or (isinstance(exclude, dict) and exclude[key] not in (True, ...))


def _without_none(value: Any) -> Any:
    if is_object(value):
        return {k: _without_none(v) for k, v in value.items() if v is not None}
    return [_without_none(item) for item in value] if is_array(value) else value


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
