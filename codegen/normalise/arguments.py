"""Names of arguments: every parameter and every field of a body has a keyword of its own."""

from __future__ import annotations

from collections.abc import Iterable

from ..api import Argument, Field
from ..names import body_keyword, free_name, identifier
from ..runtime import ARGUMENT_NAMES
from .parameters import Parameter

_LOCATIONS = ("path", "query", "header")


def name_parameters(parameters: Iterable[Parameter]) -> dict[tuple[str, str], str]:
    """Return the keyword of each parameter by location and wire name.

    Where two have one name, the path's keeps it; the other gets its location.
    """
    names: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for parameter in sorted(parameters, key=_precedence):
        name = identifier(parameter.wire, reserved=ARGUMENT_NAMES)
        if name in taken and not any(
            key[0] == parameter.location for key in names if names[key] == name
        ):
            name = f"{name.rstrip('_')}_{parameter.location}"
        names[parameter.location, parameter.wire] = free_name(name, taken)
        taken.add(names[parameter.location, parameter.wire])
    return names


def body_arguments(fields: Iterable[Field], parameters: set[str]) -> list[Argument]:
    """Return the arguments for the fields of a body, whose own names are unique already."""
    taken = set(parameters)
    out: list[Argument] = []
    for field in fields:
        name = f"{field.name}_" if field.name in ARGUMENT_NAMES else field.name
        name = free_name(body_keyword(name, parameters), taken)
        taken.add(name)
        out.append(
            Argument(
                name,
                field.wire,
                "body",
                field.type,
                field.required,
                field.nullable,
                field.secret,
                doc=field.doc,
            )
        )
    return out


def _precedence(parameter: Parameter) -> tuple[int, bool, str]:
    exact = identifier(parameter.wire) == parameter.wire
    return _LOCATIONS.index(parameter.location), not exact, parameter.wire
