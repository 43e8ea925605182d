"""Authentication: select a credential for each operation, log in, refresh tokens."""
