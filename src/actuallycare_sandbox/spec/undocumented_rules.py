"""Rules that the vendor's reference states in prose and that its OpenAPI schemas lack."""

from __future__ import annotations

CASE_INSENSITIVE = frozenset({("/escrows", "status")})
"""Query parameters, by path, whose value is case-insensitive (reference: escrows)."""

EFFECTIVE_DEFAULTS = {("/escrows", "limit"): 20}
"""Defaults that differ from those in the schema (reference: escrows)."""

SEES_EVERYTHING = frozenset({"broker", "system_admin"})
"""Roles that see the records of everybody; others see their own (api/authentication)."""

MANAGES_WEBHOOKS = frozenset({"broker", "system_admin"})
"""Roles that may call the /webhooks operations (guides/webhook-setup)."""

FROZEN_AFTER_CONVERSION = frozenset({"source", "timeline"})
"""Fields of a lead that cannot change after conversion (tools/leads/leads_convert)."""

DELIVERY_ATTEMPTS = 4
"""Attempts of a webhook delivery, the first one included (reference: webhooks)."""
