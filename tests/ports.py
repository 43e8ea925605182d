"""Ports for servers that want their number before they start."""

from __future__ import annotations

import random
import socket

_CHOICES = range(20_000, 32_000)
"""Below the ports that operating systems give to outgoing connections (`ip_local_port_range`): one
of those could take the port before the server has it.

https://docs.kernel.org/networking/ip-sysctl.html
"""


def free_port() -> int:
    """Return a loopback port that nothing uses."""
    while True:
        port = random.SystemRandom().choice(_CHOICES)  # another one in each worker
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
