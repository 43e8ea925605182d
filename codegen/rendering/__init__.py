"""What the templates print: views over the generator's parsed document, computed in Python.

The templates only lay out; every decision about a type, an expression or a docstring is made here,
where it has unit tests.
"""

from __future__ import annotations

from .endpoint import EndpointView, endpoint_view
from .enum import enum_values
from .model import ModelView, cyclic_models, model_view

__all__ = [
    "EndpointView",
    "ModelView",
    "cyclic_models",
    "endpoint_view",
    "enum_values",
    "model_view",
]
