# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from typing import Literal, TypeAlias

BillingInterval: TypeAlias = Literal["monthly", "yearly"]
