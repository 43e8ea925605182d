"""A process that runs out of file descriptors gets errors of the SDK, and goes on afterwards."""

from __future__ import annotations

import json
import resource
import subprocess
import sys

import pytest

from tests.faults import bad_responses as bad
from tests.faults.fault_server import Connection, serving
from tests.faults.few_descriptors import CALLS
from tests.faults.runner import WAYS, Library

DESCRIPTORS = 64


def limit_descriptors() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))


@pytest.mark.parametrize(("library", "backend"), WAYS)
def test_exhausted_descriptors_end_in_errors_of_the_sdk(library: Library, backend: str) -> None:
    def answer(connection: Connection) -> bool:
        connection.pause(0.02)  # so that the calls overlap
        return bool(bad.works(connection))

    with serving(answer) as server:
        arguments = [sys.executable, "-m", "tests.faults.few_descriptors"]
        process = subprocess.run(
            [*arguments, library, backend, f"{server.origin}/v1"],
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
            preexec_fn=limit_descriptors,
        )
    assert process.returncode == 0, process.stderr
    assert process.stderr == ""
    ends = json.loads(process.stdout)
    assert ends["too many"].keys() == {"done", "actuallycare.APIConnectionError"}
    assert sum(ends["too many"].values()) == CALLS
    assert ends["after"] == {"done": 20}
