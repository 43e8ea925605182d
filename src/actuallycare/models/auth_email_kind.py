# Generated from openapi.json by `python -m codegen generate`. Do not edit: change the normaliser, the
# templates or the overlay instead.
from typing import Literal, TypeAlias, TypeGuard, get_args

AuthEmailKind: TypeAlias = Literal["offers", "personal", "work"]


def is_auth_email_kind(value: object) -> TypeGuard[AuthEmailKind]:
    """Whether a value is one of `AuthEmailKind`, for type checkers too."""
    return isinstance(value, (str, int)) and value in get_args(AuthEmailKind)
