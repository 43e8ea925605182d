"""The command line: parse options, run the server, print messages."""

from __future__ import annotations

import argparse
import ipaddress
import json
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from .backend import Backend
from .data.store import StoreError
from .dialects.dialect import DIALECTS
from .http.app import create_app
from .http.server import AddressInUseError, base_url, bind, serve
from .protocol.rate_limit import Limit, Limits
from .settings import DIALECT_VARIABLE, Settings, default_dialect
from .spec.document import DocumentError

_EPILOG = """\
examples:
  actuallycare-sandbox                                  on port 8642, 2,000 records, in memory
  actuallycare-sandbox --port 0 --json                  on a free port; one JSON line for a program
  actuallycare-sandbox --rate-limit 30/2s               a limit that is easy to reach
  actuallycare-sandbox --data sandbox.sqlite            keep the state across restarts

It prints the base URL, an API key with every scope, and a login. Ctrl-C stops it.
"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    defaults = Settings(dialect="published")
    result = argparse.ArgumentParser(
        prog="actuallycare-sandbox",
        description="A local, stateful stand-in for the ActuallyCare API, with sample records.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    result.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    result.add_argument(
        "--port", type=_port, default=8642, help="port to listen on; 0: a free one (%(default)s)"
    )
    result.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="accept this name in the Host header, such as a container's; may be repeated",
    )
    result.add_argument(
        "--records",
        type=_count,
        default=defaults.records,
        metavar="N",
        help="sample records, over all resources (%(default)s)",
    )
    result.add_argument(
        "--seed", type=int, default=defaults.seed, help="same seed, same records (%(default)s)"
    )
    result.add_argument(
        "--data",
        type=Path,
        metavar="FILE",
        help="SQLite file that keeps the state; without it, memory",
    )
    result.add_argument(
        "--openapi",
        type=Path,
        metavar="FILE",
        help="serve this document instead of the bundled one",
    )
    result.add_argument(
        "--dialect",
        choices=sorted(DIALECTS),
        help="version of the API to speak: as published, or as an older back end (default: "
        f"{DIALECT_VARIABLE}, or published)",
    )
    result.add_argument(
        "--strict-statuses",
        action="store_true",
        help="allow only the changes of status that an older back end allowed",
    )
    limits = defaults.limits
    for option, limit, description in (
        ("--rate-limit", limits.all, "requests of one address"),
        ("--auth-failure-limit", limits.auth_failures, "failed requests to /auth"),
        ("--login-limit", limits.login, "logins"),
        ("--refresh-limit", limits.refresh, "token refreshes"),
    ):
        result.add_argument(
            option,
            type=_limit,
            default=limit,
            metavar="N/WINDOW",
            help=f"{description}, such as 30/2s ({limit.requests}/{limit.seconds:g}s)",
        )
    result.add_argument(
        "--waitlist", action="store_true", help="put new accounts on a waitlist, as the vendor may"
    )
    result.add_argument(
        "--deliver-anywhere",
        action="store_true",
        help="send webhook deliveries to other machines too; without it, to this machine only",
    )
    result.add_argument(
        "--json", action="store_true", help="print one JSON line instead of sentences"
    )
    result.add_argument("--version", action="version", version=_version())
    return result


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the server until it is stopped; return the exit status."""
    options = parser().parse_args(arguments)
    try:
        dialect = options.dialect or default_dialect()
    except ValueError as error:
        print(f"actuallycare-sandbox: {error}", file=sys.stderr)
        return 1
    settings = Settings(
        records=options.records,
        seed=options.seed,
        data=options.data,
        openapi=options.openapi,
        dialect=dialect,
        strict_statuses=options.strict_statuses,
        limits=Limits(
            options.rate_limit,
            options.auth_failure_limit,
            options.login_limit,
            options.refresh_limit,
        ),
        accept_new_users=not options.waitlist,
        deliver_anywhere=options.deliver_anywhere,
        allowed_hosts=(options.host, *options.allow_host),
    )
    # Service managers send SIGTERM; it stops the server like Ctrl-C, also during the start.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with bind(options.host, options.port) as listener:
            warn_of_network(listener)
            with closing(Backend(settings)) as backend:
                print_access(base_url(listener, backend), backend, as_json=options.json)
                serve(create_app(backend=backend)).run(sockets=[listener])
    except (AddressInUseError, DocumentError, StoreError) as error:
        print(f"actuallycare-sandbox: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        pass
    return 0


def warn_of_network(listener: socket.socket) -> None:
    """Print a warning when other machines can connect."""
    host = listener.getsockname()[0]
    if not ipaddress.ip_address(host).is_loopback:
        print(
            f"actuallycare-sandbox: warning: {host} is reachable from the network. Everybody there "
            "can read the credentials and change the records; the sandbox must not be exposed.",
            file=sys.stderr,
        )


def print_access(url: str, backend: Backend, *, as_json: bool) -> None:
    """Print the base URL and the credentials."""
    example = backend.example
    access: dict[str, Any] = {
        "base_url": url,
        "api_key": example.api_key,
        "email": example.email,
        "password": example.password,
    }
    if as_json:
        print(json.dumps(access), flush=True)
        return
    state = backend.settings.data or "in memory; lost when it stops"
    print(
        f"ActuallyCare sandbox\n\n"
        f"  base URL   {url}\n"
        f"  API key    {example.api_key}\n"
        f"  login      {example.email}  {example.password}\n"
        f"  document   {url}/openapi.json\n"
        f"  try it     {url}/api-docs\n"
        f"  state      {state}\n\n"
        f"For the SDK, in another terminal:\n\n"
        f"  export ACTUALLYCARE_BASE_URL={url}\n"
        f"  export ACTUALLYCARE_API_KEY={example.api_key}\n\n"
        f"Ctrl-C stops it.",
        flush=True,
    )


def _limit(text: str) -> Limit:
    try:
        return Limit.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of records")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; ports go from 0 to 65535")
    return int(text)


def _version() -> str:
    try:
        return version("actuallycare")
    except PackageNotFoundError:
        return "unknown"
