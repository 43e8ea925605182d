"""Storage and the rules for stored records."""
