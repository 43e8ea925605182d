# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
from typing import Literal, TypeAlias

SubscriptionStatus: TypeAlias = Literal["active", "canceled", "none", "past_due", "trialing"]
