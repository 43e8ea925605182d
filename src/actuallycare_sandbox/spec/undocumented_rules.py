"""What the vendor's reference says in sentences only, where its schemas are silent or say else."""

from __future__ import annotations

CASE_INSENSITIVE = frozenset({("/escrows", "status")})
"""Query parameters, by path, whose value may come in any letter case (reference: escrows)."""

EFFECTIVE_DEFAULTS = {("/escrows", "limit"): 20}
"""Defaults of the controller that differ from the parameter's own (reference: escrows)."""

SEES_EVERYTHING = frozenset({"broker", "system_admin"})
"""Roles that see the records of their team; others see their own (api/authentication)."""

MANAGES_WEBHOOKS = frozenset({"broker", "system_admin"})
"""Roles that every /webhooks operation asks for (guides/webhook-setup)."""

FROZEN_AFTER_CONVERSION = frozenset({"source", "timeline"})
"""Fields of a lead that keep their value once it is converted (tools/leads/leads_convert)."""

DELIVERY_ATTEMPTS = 4
"""A webhook delivery is tried so many times in all (reference: webhooks)."""
