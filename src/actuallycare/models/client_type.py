# Generated from openapi.json by `python -m codegen generate`. Do not edit: mend the normaliser, the
# templates or the overlay instead.
from typing import Literal, TypeAlias

ClientType: TypeAlias = Literal["both", "buyer", "seller"]
