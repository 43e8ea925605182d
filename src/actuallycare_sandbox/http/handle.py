"""A sandbox that answers: where it is, how to get in, and the parts inside."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..auth.sessions import issue_token
from ..backend import Backend


@dataclass(frozen=True, slots=True)
class RunningSandbox:
    """A sandbox that answers at `base_url`; its repr shows no credential.

    Attributes:
        base_url: with the API's base path: what an SDK wants.
        backend: the parts inside: clock, store, limiter, faults, arrivals.
    """

    base_url: str
    backend: Backend = field(repr=False)

    @property
    def api_key(self) -> str:
        """An API key with every scope."""
        return self.backend.example.api_key

    @property
    def email(self) -> str:
        """Login of the key's user, a broker."""
        return self.backend.example.email

    @property
    def password(self) -> str:
        """The password of that login."""
        return self.backend.example.password

    def token(self, email: str | None = None) -> str:
        """A fresh access token; of the key's user, or of the sample account with that email.

        Raises:
            LookupError: there is no such account.
        """
        return issue_token(self.backend, email or self.email)
