"""TLS settings of our own connections. Reading the certificates blocks for about 15 ms."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from ..errors import ConfigurationError


def check_certificates() -> None:
    """Raise ConfigurationError when the environment names certificates that do not exist."""
    file = os.environ.get("SSL_CERT_FILE")
    folder = os.environ.get("SSL_CERT_DIR")
    if file:
        if not Path(file).is_file():
            raise ConfigurationError(
                f"SSL_CERT_FILE in the environment is {file!r}, which is not a file: correct it "
                "or unset it."
            )
    elif folder and not any(Path(part).is_dir() for part in folder.split(os.pathsep)):
        raise ConfigurationError(
            f"SSL_CERT_DIR in the environment is {folder!r}, which is not a folder: correct it or "
            "unset it."
        )


def tls_context(create: Callable[[], ssl.SSLContext], *, http2: bool) -> ssl.SSLContext:
    """Return the context of `create`, shared by all clients until what it depends on changes.

    httpcore sets the protocols of a context whenever it connects, so HTTP/2 has one of its own.

    Raises:
        ConfigurationError: the certificates that the environment names cannot be read.
    """
    check_certificates()
    file = os.environ.get("SSL_CERT_FILE", "")
    modified = Path(file).stat().st_mtime_ns if file else 0
    folder = os.environ.get("SSL_CERT_DIR", "")
    try:
        return _shared(create, http2, ssl.SSLContext, file, modified, folder)
    except (ssl.SSLError, OSError) as error:
        raise ConfigurationError(
            f"The certificates in SSL_CERT_FILE or SSL_CERT_DIR cannot be read ({error}): correct "
            "these variables of the environment or unset them."
        ) from None


@lru_cache(maxsize=8)
def _shared(create: Callable[[], ssl.SSLContext], *_depends_on: object) -> ssl.SSLContext:
    # `ssl.SSLContext` is among them, because packages such as truststore replace it.
    return create()


def no_tls() -> ssl.SSLContext:
    """Return a context for http URLs: it trusts no certificate, so that nothing is read."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
