"""The smoke test against Prism and the sandbox, as a table: `nox -s prism`.

Prism is an independent reading of the same document. It answers once with the document's examples
and once with what it makes of the schemas.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys

from actuallycare import AsyncActuallyCare, RetryPolicy
from tests.integration import document

from .servers import PrismError, Server, prism, sandbox
from .steps import Outcome, perform, steps

SERVERS = {
    "Prism, examples": prism,
    "Prism, schemas": lambda: prism("--ignoreExamples"),
    "sandbox": sandbox,
}
EXPECTED = {
    document.LOCK["operations"][f"{method} {path}"]["name"]: document.success(
        (method, path, operation)
    )[0]
    for method, path, operation in document.operations()
}


async def smoke(server: Server) -> dict[str, Outcome]:
    """The outcome of every operation, by name."""
    once = RetryPolicy(max_attempts=1)
    async with AsyncActuallyCare(
        server.api_key, token=server.token, base_url=server.base_url, retry=once
    ) as client:
        outcomes = await perform(client, steps(server.email, server.password))
    return {outcome.name: outcome for outcome in outcomes}


def succeeded(outcome: Outcome | None) -> bool:
    """Whether an operation was called and answered with its documented success."""
    return (
        outcome is not None and outcome.error is None and outcome.status == EXPECTED[outcome.name]
    )


def main() -> int:
    """Print the table; 0 when every operation succeeded everywhere."""
    results: dict[str, dict[str, Outcome]] = {}
    try:
        for name, start in SERVERS.items():
            with contextlib.ExitStack() as stack:
                results[name] = asyncio.run(smoke(stack.enter_context(start())))
    except PrismError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{'operation':<32}" + "".join(f"{name:>18}" for name in results))
    for operation in EXPECTED:
        row = [result.get(operation) for result in results.values()]
        cells = ["-" if o is None else str(o.status or "error") for o in row]
        print(f"{operation:<32}" + "".join(f"{cell:>18}" for cell in cells))
    counts = [sum(succeeded(r.get(o)) for o in EXPECTED) for r in results.values()]
    total = len(EXPECTED)
    print(f"{'succeeded':<32}" + "".join(f"{f'{count} / {total}':>18}" for count in counts))
    for name, result in results.items():
        for operation in EXPECTED:
            if not succeeded(outcome := result.get(operation)):
                said = "was not called" if outcome is None else outcome.error or "another status"
                print(f"{name}: {operation}: {said}", file=sys.stderr)
    return 0 if all(count == total for count in counts) else 1


if __name__ == "__main__":
    sys.exit(main())
