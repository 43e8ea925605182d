"""A handle to a running sandbox: its URL, credentials and parts."""

from __future__ import annotations

from attrs import field, frozen

from ..backend import Backend


@frozen
class RunningSandbox:
    """A running sandbox; its repr contains no credential."""

    base_url: str
    """Base URL for an SDK client, with the API's base path."""
    backend: Backend = field(repr=False)
    """The parts of the sandbox: clock, store, limiter, faults, request log."""

    @property
    def api_key(self) -> str:
        """API key with every scope."""
        return self.backend.example.api_key

    @property
    def email(self) -> str:
        """Login of the key's user, who is a broker."""
        return self.backend.example.email

    @property
    def password(self) -> str:
        """Password of that login."""
        return self.backend.example.password

    def token(self, email: str | None = None) -> str:
        """Return a new access token for the key's user, or for the account with this email.

        Raises:
            LookupError: no account has this email.
        """
        return self.backend.sessions.issue_token(email or self.email)
