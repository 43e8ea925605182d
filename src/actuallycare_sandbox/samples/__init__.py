"""Sample records and accounts that a sandbox starts with."""
