"""The public names of the package."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

import actuallycare_sandbox


def test_export_objects_instead_of_modules() -> None:
    for module in pkgutil.iter_modules(actuallycare_sandbox.__path__):
        if module.name != "__main__":
            importlib.import_module(f"actuallycare_sandbox.{module.name}")
    public = {name: getattr(actuallycare_sandbox, name) for name in actuallycare_sandbox.__all__}
    assert [name for name, value in public.items() if isinstance(value, ModuleType)] == []
