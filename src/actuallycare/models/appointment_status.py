# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
from typing import Literal, TypeAlias

AppointmentStatus: TypeAlias = Literal["cancelled", "completed", "no_show", "scheduled"]
