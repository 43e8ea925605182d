"""Credentials: which one authenticates a call, and where tokens come from."""
