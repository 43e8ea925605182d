"""TLS for servers of tests: contexts with a certificate that is made for the test."""

from __future__ import annotations

import ssl
from collections.abc import Sequence

import trustme


def tls_contexts(
    *names: str, protocols: Sequence[str], authority: trustme.CA | None = None
) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return the contexts of a server with these names, and of a client that trusts it."""
    authority = authority or trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.set_alpn_protocols(list(protocols))
    authority.issue_cert(*names).configure_cert(server)
    client = ssl.create_default_context()
    authority.configure_trust(client)
    return server, client
