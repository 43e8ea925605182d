# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
from typing import Literal, TypeAlias

AppointmentType: TypeAlias = Literal["call", "inspection", "meeting", "other", "showing", "signing"]
