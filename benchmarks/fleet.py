"""Measure 20 processes of 50 tasks behind one rate limit of 500 per 15 s: `nox -s fleet-bench`.

The first run has a Redis throughout. The second one kills it in the middle of the second window and
starts it again, empty, 5 s later. Each run sends the requests of 4 windows. The exit status is 1 if
a request is lost, or if the first run has a 429 after its first 2 s, uses less than 95 % of the
quota, or gives a process less than 80 % of its fair share of the first 2 windows.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass

from benchmarks.sandbox_process import sandbox
from tests.redis.server import BINARY, redis_server

LIMIT = 500
WINDOW = 15.0
WARM_UP = 2.0
KILL_AT = WINDOW + 1.2
OUTAGE = 5.0
TIMEOUT = 240.0
"""Seconds after which a run counts as hanging."""


@dataclass(frozen=True, slots=True)
class Result:
    """The times, since the start, at which requests ended, by process; and of all 429s."""

    finished: list[list[float]]
    rejected: list[float]
    expected: int

    @property
    def times(self) -> list[float]:
        """The times of all requests, in order."""
        return sorted(time for process in self.finished for time in process)

    @property
    def quota_used(self) -> float:
        """Share of the possible rate: from the first request to the first of the last window."""
        complete = len(self.times) // LIMIT - 1
        elapsed = self.times[complete * LIMIT] - self.times[0]
        return complete * WINDOW / elapsed

    @property
    def slowest_share(self) -> float:
        """What the slowest process had of its fair share after half of all requests."""
        half = len(self.times) // 2
        until = self.times[half - 1]
        counts = [sum(time <= until for time in process) for process in self.finished]
        return min(counts) / (half / len(counts))

    @property
    def late_rejections(self) -> int:
        """429s after the warm-up."""
        return sum(time > WARM_UP for time in self.rejected)


def run(processes: int, tasks: int, requests: int, *, kill: bool) -> Result:
    """Start the processes together and wait for them."""
    command = [sys.executable, "-m", "benchmarks.fleet_worker", str(tasks), str(requests)]
    limit = f"{LIMIT}/{WINDOW:g}s"
    with redis_server() as redis, sandbox("--rate-limit", limit, "--records", "20") as server:
        environment = {
            **os.environ,
            "REDIS_URL": redis.url,
            "ACTUALLYCARE_API_KEY": server.api_key,
            "ACTUALLYCARE_BASE_URL": server.base_url,
        }
        workers = [
            subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _ in range(processes)
        ]
        for worker in workers:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "ready\n"
        started = time.time()
        for worker in workers:
            assert worker.stdin is not None
            worker.stdin.write("go\n")
            worker.stdin.flush()
        if kill:
            time.sleep(KILL_AT)
            redis.kill()
            time.sleep(OUTAGE)
            redis.start()
        reports = []
        for worker in workers:
            left = max(1.0, started + TIMEOUT - time.time())
            try:
                reports.append(json.loads(worker.communicate(timeout=left)[0]))
            except (subprocess.TimeoutExpired, ValueError):
                worker.kill()
                worker.wait()
                reports.append({"finished": [], "rejected": []})
    return Result(
        [[at - started for at in report["finished"]] for report in reports],
        [at - started for report in reports for at in report["rejected"]],
        processes * tasks * requests,
    )


def main() -> int:
    """Print both runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=20)
    parser.add_argument("--tasks", type=int, default=50)
    parser.add_argument("--requests", type=int, default=2, help="of each task")
    options = parser.parse_args()
    if BINARY is None:
        print("redis-server was not found. Install it (Debian: apt install redis-server).")
        return 1
    failed = False
    for name, kill in (("with Redis", False), ("with an outage of Redis", True)):
        result = run(options.processes, options.tasks, options.requests, kill=kill)
        done = len(result.times)
        passed = done == result.expected
        line = f"{name}: {done}/{result.expected} requests"
        if passed:
            line += (
                f" in {result.times[-1]:.1f} s, {len(result.rejected)} × 429, "
                f"{result.late_rejections} of them after the warm-up, "
                f"{result.quota_used:.1%} of the quota used, "
                f"slowest process {result.slowest_share:.0%} of its fair share"
            )
            if not kill:
                passed = (
                    result.late_rejections == 0
                    and result.quota_used >= 0.95
                    and result.slowest_share >= 0.8
                )
        print(line + ("" if passed else "  FAILED"), flush=True)
        failed = failed or not passed
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
