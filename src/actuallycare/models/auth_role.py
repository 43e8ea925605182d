# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from typing import Literal, TypeAlias, TypeGuard, get_args

AuthRole: TypeAlias = Literal["agent", "broker", "lender", "vendor"]


def is_auth_role(value: object) -> TypeGuard[AuthRole]:
    """Whether a value is one of `AuthRole`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(AuthRole)
