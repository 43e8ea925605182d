"""Run Schemathesis against the sandbox and its document: once with a key, once with a token.

python -m tests.sandbox.conformance --examples 50 --schemathesis path/to/schemathesis
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from attrs import evolve

from actuallycare_sandbox import Limit, Limits, RunningSandbox, Settings, run_sandbox

HERE = Path(__file__).parent
NO_LIMIT = Limit(1_000_000_000, 900)
SETTINGS = Settings(
    records=300,
    limits=Limits(NO_LIMIT, NO_LIMIT, NO_LIMIT, NO_LIMIT),
    access_token_seconds=86_400,  # a full run takes longer than the default lifetime of a token
)


def run(
    schemathesis: str,
    server: RunningSandbox,
    document: Path,
    credential: str,
    examples: int,
    seed: int,
) -> int:
    """Run Schemathesis with all checks; return its exit status."""
    print(f"\n=== Schemathesis with a {credential}, {examples} examples ===", flush=True)
    command = [schemathesis, "--config-file", str(HERE / "schemathesis.toml"), "run"]
    command += [str(document), "--url", server.base_url]
    command += ["--checks", "all", "--max-examples", str(examples), "--continue-on-failure"]
    command += ["--seed", str(seed), "--workers", "1"]
    if credential == "key":
        command += ["--header", f"X-API-Key: {server.api_key}"]
    environment = os.environ | {
        "PYTHONPATH": str(HERE),
        "SCHEMATHESIS_HOOKS": "hooks",
        "SANDBOX_CREDENTIAL": credential,
        "SANDBOX_DIALECT": server.backend.settings.dialect,
        "SANDBOX_URL": server.base_url,
        "SANDBOX_EMAIL": server.email,
        "SANDBOX_SECRET": server.password,
    }
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run(command, env=environment, cwd=folder, check=False).returncode


def whole_api_document(server: RunningSandbox, credential: str) -> dict[str, Any]:
    """Return the served document with the errors that api/errors describes for the whole API.

    The vendor's tables do not list a 400 or a 403 for each operation that can return one.
    Schemathesis tries the first alternative of the credentials, so that of the run comes first.
    """
    scheme = {"key": "apiKey", "token": "bearerAuth"}[credential]
    with urlopen(f"{server.base_url}/openapi.json") as response:  # noqa: S310
        document: dict[str, Any] = json.load(response)
    shared = {"400": "ValidationError", "403": "ForbiddenError"}
    for item in document["paths"].values():
        for operation in item.values():
            operation["security"].sort(key=lambda alternative: scheme not in alternative)
            for status, name in shared.items():
                reference = {"$ref": f"#/components/responses/{name}"}
                operation["responses"].setdefault(status, reference)
    return document


def main() -> int:
    """Run both; return 0 if neither found a problem."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=50, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--schemathesis", default="schemathesis", metavar="COMMAND")
    parser.add_argument("--dialect", choices=("published", "older"), default="published")
    options = parser.parse_args()
    command = shutil.which(options.schemathesis)
    if command is None:
        print("Schemathesis is not installed: pip install schemathesis", file=sys.stderr)
        return 2
    command = str(Path(command).absolute())  # the runs are in another folder
    statuses: list[int] = []
    for credential in ("key", "token"):
        settings = evolve(SETTINGS, dialect=options.dialect)
        with run_sandbox(settings) as server, tempfile.TemporaryDirectory() as folder:
            document = Path(folder, "openapi.json")
            document.write_text(
                json.dumps(whole_api_document(server, credential)), encoding="utf-8"
            )
            statuses.append(
                run(command, server, document, credential, options.examples, options.seed)
            )
    return max(statuses)


if __name__ == "__main__":
    sys.exit(main())
