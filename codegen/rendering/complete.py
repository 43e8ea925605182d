"""Complete the generator's copies of models.

A property that refers to a model holds a copy of it, made when the reference was read; when the
model itself was read later, the copy lacks its insides. The templates look inside maps.
"""

from __future__ import annotations

from collections.abc import Iterable

from openapi_python_client.parser import GeneratorData

from .properties import ListProperty, ModelProperty, UnionProperty
from .types import Prop


def complete_copies(data: GeneratorData) -> None:
    """Give every copy of a model the insides of the model itself."""
    models = {str(model.class_info.name): model for model in data.models}
    seen: set[int] = set()
    stack: list[Prop] = [*models.values(), *_of_endpoints(data)]
    while stack:
        prop = stack.pop()
        if id(prop) in seen:
            continue
        seen.add(id(prop))
        if isinstance(prop, ListProperty):
            stack.append(prop.inner_property)
        elif isinstance(prop, UnionProperty):
            stack.extend(prop.inner_properties)
        elif isinstance(prop, ModelProperty):
            whole = models.get(str(prop.class_info.name))
            if whole is not None and prop is not whole:
                prop.required_properties = whole.required_properties
                prop.optional_properties = whole.optional_properties
                prop.additional_properties = whole.additional_properties
            stack.extend([*(prop.required_properties or []), *(prop.optional_properties or [])])
            if prop.additional_properties is not None:
                stack.append(prop.additional_properties)


def _of_endpoints(data: GeneratorData) -> Iterable[Prop]:
    for collection in data.endpoint_collections_by_tag.values():
        for endpoint in collection.endpoints:
            yield from endpoint.path_parameters
            yield from endpoint.query_parameters
            yield from endpoint.header_parameters
            yield from (body.prop for body in endpoint.bodies)
            yield from (response.prop for response in endpoint.responses.patterns)
