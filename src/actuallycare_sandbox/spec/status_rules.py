"""Changes of status that an older back end allows; the sandbox checks them when asked to."""

from __future__ import annotations

from collections.abc import Mapping

STATUS_RULES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "escrows": {"pending": ("active", "cancelled"), "active": ("closed", "cancelled")},
    "listings": {
        "active": ("pending", "withdrawn", "expired"),
        "pending": ("sold", "active"),
        "withdrawn": ("active",),
        "expired": ("active",),
    },
    "appointments": {"scheduled": ("completed", "cancelled", "no_show")},
    "leads": {
        "new": ("contacted", "unqualified", "lost"),
        "contacted": ("qualified", "unqualified", "lost"),
        "qualified": ("converted", "lost"),
        "unqualified": ("contacted",),
        "lost": ("contacted",),
    },
}
"""Next statuses by resource and status. A status that is no key is final."""


def allows(kind: str, status: object, wanted: object) -> bool:
    """Whether a record of a kind may get the wanted status."""
    rules = STATUS_RULES.get(kind)
    return rules is None or status == wanted or wanted in rules.get(str(status), ())
