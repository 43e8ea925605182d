"""Accounts, API keys, access tokens and sessions."""
