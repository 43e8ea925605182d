"""Forks, spawned processes, Ctrl-C and the end of the interpreter: each in a program of its own.

`make test` runs some of them, `nox -s blocking-test` all.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.blocking.programs import TIMEOUT, Ended, run, start
from tests.faults import bad_responses as bad
from tests.faults.fault_server import Connection, FaultServer, serving

BEGIN = """
import multiprocessing, os, sys, threading, warnings
# Python 3.12 and later warn about any fork beside other threads. These programs test just that.
warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
from actuallycare import ActuallyCare, ConfigurationError, Pacer

client = ActuallyCare("0" * 64, base_url=sys.argv[1], telemetry=False)

def get():
    return client.listings.get("1").id[-1]

def threads():
    return [t for t in threading.enumerate() if t.name == "actuallycare"]
"""
FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def quiet(ended: Ended) -> str:
    """Return what a program printed, which ended well and without a word on stderr."""
    assert (ended.status, ended.err) == (0, "")
    return ended.out


FORK = """
def child(use):
    pid = os.fork()
    if pid == 0:
        use()
        sys.stdout.flush()
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0

def in_child():
    assert get() == "1"
    client.close()
    assert threads() == []

child(in_child)  # before the first use
assert get() == "1"
child(in_child)  # after it: another client and loop
child(lambda: client.close())  # leaves the parent's connections alone
assert get() == "1"
client.close()
assert threads() == []
"""


@FORKS
def test_a_client_works_in_a_forked_process() -> None:
    with serving(bad.works) as server:
        quiet(run(BEGIN + FORK, f"{server.origin}/v1"))
        assert len(server.requests) == 4
        assert server.connections == 3  # the parent has kept its own


FORK_IN_PREFETCH = """
block = client.listings.list().prefetch()
items = block.__enter__()
next(items)
pid = os.fork()
if pid == 0:
    try:
        next(items)
    except ConfigurationError as error:
        print(error)
    block.__exit__(None, None, None)
    sys.stdout.flush()
    os._exit(0)
os.waitpid(pid, 0)
block.__exit__(None, None, None)
client.close()
"""


@FORKS
def test_a_prefetched_list_of_the_parent_is_rejected() -> None:
    meta = {"page": 1, "totalPages": 9, "hasMore": True}
    page = bad.response(bad.envelope({"listings": [bad.RECORD], "meta": meta}))
    with serving(bad.answers(page, keep=True)) as server:
        out = quiet(run(BEGIN + FORK_IN_PREFETCH, f"{server.origin}/v1"))
    assert "first used in another process" in out


FORK_WHILE_LOCKED = """
import time
stop = threading.Event()

def churn():  # starts and ends the background thread all the time, under its lock
    while not stop.is_set():
        with ActuallyCare("0" * 64, base_url=sys.argv[1]) as other:
            other.listings.get("1")

get()  # a fork in the middle of an import leaves half a module in the child
churning = threading.Thread(target=churn)
churning.start()
for _ in range(20):
    time.sleep(0.002)
    pid = os.fork()
    if pid == 0:
        assert get() == "1"
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
stop.set()
churning.join()
client.close()
"""


@FORKS
@pytest.mark.slow
def test_a_fork_in_the_middle_of_other_threads() -> None:
    with serving(bad.works) as server:
        ended = run(BEGIN + FORK_WHILE_LOCKED, f"{server.origin}/v1")
    assert ended.status == 0, ended.err


FORK_WITH_LIMITER = """
client = ActuallyCare("0" * 64, base_url=sys.argv[1], rate_limiter=Pacer())
get()
pid = os.fork()
if pid == 0:
    try:
        get()
    except ConfigurationError as error:
        print(error)
    os._exit(0)
os.waitpid(pid, 0)
client.close()
"""


@FORKS
def test_what_cannot_cross_a_fork_is_rejected() -> None:
    with serving(bad.works) as server:
        out = quiet(run(BEGIN + FORK_WITH_LIMITER, f"{server.origin}/v1"))
    assert "make a client in each process, after the fork" in out


POOL = """
def work(number):
    return get()

if __name__ == "__main__":
    context = multiprocessing.get_context(sys.argv[2])
    if sys.argv[2] == "fork":
        work(0)
    with context.Pool(2) as pool:
        print(pool.map(work, range(4)))
        pool.close()
        pool.join()
    client.close()
"""


@pytest.mark.slow
@pytest.mark.parametrize("method", ["spawn", pytest.param("fork", marks=FORKS)])
def test_multiprocessing(method: str, tmp_path: Path) -> None:
    program = tmp_path / "program.py"  # a file, which spawned processes import
    program.write_text(BEGIN + POOL, encoding="utf-8")
    with serving(bad.works) as server:
        command = [sys.executable, "-W", "always", str(program), f"{server.origin}/v1", method]
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "['1', '1', '1', '1']\n", "")


AT_EXIT = {
    "an unclosed client": "print(get())",
    "a daemon thread in a loop of calls": """
def forever():
    while True:
        get()

threading.Thread(target=forever, daemon=True).start()
while not threads():
    pass
print(get())
""",
    "a daemon thread in a call without an answer": """
silent = ActuallyCare("0" * 64, base_url=sys.argv[2])
threading.Thread(target=lambda: silent.listings.get("1"), daemon=True).start()
print(get())
""",
    "a thread that outlives the main thread": """
def later():
    threading.main_thread().join()
    print(get())

threading.Thread(target=later).start()
""",
    "a call at exit": """
import atexit
atexit.register(lambda: print(get()))
""",
    "a loop that is left": """
listings = iter(client.listings.list())
context = client.listings.list().prefetch()
context.__enter__()
print(get())
""",
    "a client that a finalizer closes": """
class Holder:
    def __del__(self):
        self.client.close()

holder = Holder()
holder.client = client
print(get())
""",
    "a call in a finalizer": """
class Holder:
    def __del__(self):
        try:
            self.get()
        except self.error:
            pass

holder = Holder()
holder.get, holder.error = client.listings.list().first_page, ConfigurationError
print(get())
""",
    "sys.exit in a block": """
with client:
    print(get())
    sys.exit(0)
""",
}


QUICK = ("an unclosed client", "a daemon thread in a loop of calls")
ENDS = [n if n in QUICK else pytest.param(n, marks=pytest.mark.slow) for n in AT_EXIT]


@pytest.mark.parametrize("name", ENDS)
def test_the_interpreter_ends_quietly(name: str) -> None:
    with serving(bad.works) as server, serving(bad.never_answers) as silent:
        # By a name, which is resolved in a thread.
        urls = [f"{it.origin}/v1".replace("127.0.0.1", "localhost") for it in (server, silent)]
        ended = run(BEGIN + AT_EXIT[name], *urls)
        assert quiet(ended) == "1\n"


CTRL_C = """
import asyncio

def use():
    client.listings.get("1")

def loop():
    for _ in client.listings.list():
        pass

def prefetch():
    with client.listings.list().prefetch() as listings:
        for _ in listings:
            pass

try:
    {"call": use, "loop": loop, "prefetch": prefetch}[sys.argv[2]]()
except KeyboardInterrupt as error:
    frames, tb = [], error.__traceback__
    while tb:
        frames.append(tb.tb_frame.f_code.co_filename)
        tb = tb.tb_next
    assert not [name for name in frames if "asyncio" in name or "threading" in name], frames
    print("interrupted", flush=True)
sys.stdin.readline()
print(get())
client.close()
assert threads() == [], threads()
"""


@pytest.mark.parametrize("what", ["call", pytest.param("loop", marks=pytest.mark.slow), "prefetch"])
def test_ctrl_c_cancels_the_request(what: str) -> None:
    answering = threading.Event()

    def silent_at_first(connection: Connection) -> bool | None:
        return (bad.works if answering.is_set() else bad.never_answers)(connection)

    with serving(silent_at_first) as server:
        program = start(BEGIN + CTRL_C, f"{server.origin}/v1", what)
        try:
            wait_for_request(server)
            program.send_signal(signal.SIGINT)
            assert program.stdout is not None
            assert program.stdout.readline() == "interrupted\n"
            answering.set()
            out, err = program.communicate("\n", timeout=TIMEOUT)
        finally:
            program.kill()
    assert (program.returncode, out, err) == (0, "1\n", "")


def test_an_uncaught_ctrl_c_shows_only_its_own_traceback() -> None:
    with serving(bad.never_answers) as server:
        program = start(BEGIN + "get()", f"{server.origin}/v1")
        wait_for_request(server)
        program.send_signal(signal.SIGINT)
        _, err = program.communicate(timeout=TIMEOUT)
    assert program.returncode == -signal.SIGINT
    assert err.count("Traceback") == 1
    assert err.endswith("KeyboardInterrupt\n")
    assert "asyncio" not in err
    assert "Exception in thread" not in err


def wait_for_request(server: FaultServer) -> None:
    """Wait until a request has arrived and the client waits for its response."""
    end = time.monotonic() + TIMEOUT
    while not server.requests:
        assert time.monotonic() < end
        time.sleep(0.01)
    time.sleep(0.1)
