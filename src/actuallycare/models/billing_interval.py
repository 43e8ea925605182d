# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from typing import Literal, TypeAlias, TypeGuard, get_args

BillingInterval: TypeAlias = Literal["monthly", "yearly"]


def is_billing_interval(value: object) -> TypeGuard[BillingInterval]:
    """Whether a value is one of `BillingInterval`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(BillingInterval)
