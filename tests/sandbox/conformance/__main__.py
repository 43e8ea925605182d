"""Run Schemathesis against the sandbox and its document: once with a key, once with a token.

python -m tests.sandbox.conformance --examples 50 --schemathesis path/to/schemathesis
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from actuallycare_sandbox import Limit, Limits, RunningSandbox, Settings, run_sandbox

HERE = Path(__file__).parent
NO_LIMIT = Limit(1_000_000_000, 900)
SETTINGS = Settings(
    records=300,
    limits=Limits(NO_LIMIT, NO_LIMIT, NO_LIMIT, NO_LIMIT),
    access_token_seconds=86_400,  # a full run takes longer than the default lifetime of a token
)


def run(
    schemathesis: str, server: RunningSandbox, credential: str, examples: int, seed: int
) -> int:
    """Run Schemathesis with all checks; return its exit status."""
    print(f"\n=== Schemathesis with a {credential}, {examples} examples ===", flush=True)
    command = [schemathesis, "--config-file", str(HERE / "schemathesis.toml"), "run"]
    command += [f"{server.base_url}/openapi.json", "--url", server.base_url]
    command += ["--checks", "all", "--max-examples", str(examples), "--continue-on-failure"]
    command += ["--seed", str(seed), "--workers", "1"]
    if credential == "key":
        command += ["--header", f"X-API-Key: {server.api_key}"]
    environment = os.environ | {
        "PYTHONPATH": str(HERE),
        "SCHEMATHESIS_HOOKS": "hooks",
        "SANDBOX_CREDENTIAL": credential,
        "SANDBOX_URL": server.base_url,
        "SANDBOX_EMAIL": server.email,
        "SANDBOX_SECRET": server.password,
    }
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run(command, env=environment, cwd=folder, check=False).returncode


def main() -> int:
    """Run both; return 0 if neither found a problem."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=50, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--schemathesis", default="schemathesis", metavar="COMMAND")
    options = parser.parse_args()
    command = shutil.which(options.schemathesis)
    if command is None:
        print("Schemathesis is not installed: pip install schemathesis", file=sys.stderr)
        return 2
    command = str(Path(command).absolute())  # the runs are in another folder
    statuses: list[int] = []
    for credential in ("key", "token"):
        with run_sandbox(SETTINGS) as server:
            statuses.append(run(command, server, credential, options.examples, options.seed))
    return max(statuses)


if __name__ == "__main__":
    sys.exit(main())
