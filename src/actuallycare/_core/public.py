"""Public import paths of public classes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def set_public_module(namespace: dict[str, Any], names: Iterable[str]) -> None:
    """Set `__module__` of the classes `names` to the package with this namespace.

    Tracebacks, reprs and pickles then show `actuallycare.NotFoundError` rather than a private path.
    The package's name comes from the namespace, because a vendored copy has another name.
    """
    package: str = namespace["__name__"]
    for name in names:
        value = namespace.get(name)
        if not isinstance(value, type):
            continue
        module = value.__module__
        if module.startswith(f"{package}.") or "_core" in module.split("."):
            value.__module__ = package
