"""The page "Without asyncio" in real servers, workers and notebooks."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import nbclient
import nbformat
import pytest

from actuallycare import ActuallyCare
from tests.blocking.environments.conftest import Start, snippets
from tests.ports import free_port

TIMEOUT = 60.0
GUNICORN = ("--timeout=120", "--no-control-socket")
GUNICORN_CONFIGURATION = """
def on_starting(server):
    # With --preload the application is imported here already: use it before the fork.
    import app
    app.client.listings.list(limit=1).first_page()
"""
DJANGO = """
import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.urls import path

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="sample")
django.setup()
import async_views, urls

urlpatterns = [
    *urls.urlpatterns,
    path("async/<listing_id>", async_views.listing),
]
wsgi = get_wsgi_application()
asgi = get_asgi_application()
"""


def get(url: str) -> httpx.Response:
    """Request a page, once the server is there."""
    end = time.monotonic() + TIMEOUT
    while True:
        try:
            return httpx.get(url, timeout=TIMEOUT)
        except httpx.ConnectError:
            assert time.monotonic() < end
            time.sleep(0.1)


@pytest.mark.parametrize("options", [["--worker-class=sync"], ["--threads=4"]])
@pytest.mark.parametrize("used_before", [False, True], ids=["", "used before the fork"])
def test_gunicorn_with_preload(
    start: Start, folder: Path, records: ActuallyCare, options: list[str], used_before: bool
) -> None:
    if used_before:
        (folder / "gunicorn.conf.py").write_text(GUNICORN_CONFIGURATION, encoding="utf-8")
    port = free_port()
    bind = f"--bind=127.0.0.1:{port}"
    server = start("gunicorn", "--preload", "--workers=2", bind, *GUNICORN, *options, "app:app")
    for listing in records.listings.list(limit=8).first_page().items:
        response = get(f"http://127.0.0.1:{port}/listings/{listing.id}")
        assert response.json() == {"address": listing.address}
    assert get(f"http://127.0.0.1:{port}/listings/none").status_code == 404
    server.terminate()
    out, _ = server.communicate(timeout=TIMEOUT)
    assert server.returncode == 0
    assert "Traceback" not in out, out


@pytest.mark.parametrize("side", ["wsgi", "asgi"])
def test_django(start: Start, folder: Path, records: ActuallyCare, side: str) -> None:
    (folder / "site_.py").write_text(DJANGO, encoding="utf-8")
    port = free_port()
    if side == "wsgi":
        server = start("gunicorn", f"--bind=127.0.0.1:{port}", *GUNICORN, "site_:wsgi")
    else:
        server = start("uvicorn", f"--port={port}", "--lifespan=off", "site_:asgi")
    items = records.listings.list(status="active", limit=10).first_page().items
    response = get(f"http://127.0.0.1:{port}/listings")
    assert response.json() == {"addresses": [listing.address for listing in items]}
    for view in ("listings", "async"):
        response = get(f"http://127.0.0.1:{port}/{view}/{items[0].id}")
        assert response.json() == {"address": items[0].address}
    assert get(f"http://127.0.0.1:{port}/listings/none").status_code == 404
    server.terminate()
    out, _ = server.communicate(timeout=TIMEOUT)
    assert "Traceback" not in out, out


def test_flask(folder: Path, environment: dict[str, str], records: ActuallyCare) -> None:
    listing = records.listings.list(limit=1).first_page().items[0]
    program = f"""
from app import app, client
with app.test_client() as browser:
    for _ in range(3):  # an async client at the level of a module fails on the second request
        assert browser.get("/listings/{listing.id}").json == {{"address": {listing.address!r}}}
    assert browser.get("/listings/none").status_code == 404
client.close()
"""
    done = run_code(program, folder, environment)
    assert (done.returncode, done.stderr) == (0, "")


CELERY_CONFIGURATION = """
broker_url = "filesystem://"
result_backend = "file://{folder}"
broker_transport_options = {{
    "data_folder_in": "{folder}/queue", "data_folder_out": "{folder}/queue",
    "control_folder": "{folder}/control",
}}
broker_connection_retry_on_startup = True
"""


@pytest.mark.parametrize("pool", ["prefork", "threads"])
def test_celery(
    start: Start, folder: Path, environment: dict[str, str], records: ActuallyCare, pool: str
) -> None:
    for name in ("queue", "control", "results"):
        (folder / name).mkdir()
    configuration = CELERY_CONFIGURATION.format(folder=folder)
    (folder / "celeryconfig.py").write_text(configuration, encoding="utf-8")
    worker = start("celery", "--app=tasks", "worker", f"--pool={pool}", "--concurrency=2")
    ids = [lead.id for lead in records.leads.list(limit=6).first_page().items]
    program = f"""
import tasks
results = [tasks.qualify.delay(id) for id in {ids!r}]
print([result.get(timeout={TIMEOUT}) for result in results])
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=2 * TIMEOUT,
        check=False,
    )
    assert done.stdout == f"{['qualified'] * len(ids)}\n", done.stderr
    worker.terminate()
    out, _ = worker.communicate(timeout=TIMEOUT)
    assert "Traceback" not in out, out
    assert {records.leads.get(id).status for id in ids} == {"qualified"}


def test_a_notebook(
    folder: Path,
    environment: dict[str, str],
    records: ActuallyCare,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    cells = [snippets()["cell"], "import asyncio; asyncio.get_running_loop()", "client.close()"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    nbclient.NotebookClient(notebook, timeout=TIMEOUT).execute()
    expected = [listing.address for listing in records.listings.list(limit=5).first_page().items]
    outputs: Any = notebook.cells[0].outputs
    assert "".join(output.text for output in outputs) == f"{expected}\n"


def run_code(
    code: str, folder: Path, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )


GEVENT_WITH_THREADS = """
from actuallycare import ActuallyCare
client = ActuallyCare()
from gevent import monkey
monkey.patch_all(thread=False)
print(len(client.listings.list(limit=2).first_page()))
client.close()
"""


def test_gevent_that_leaves_threads_alone(folder: Path, environment: dict[str, str]) -> None:
    done = run_code(GEVENT_WITH_THREADS, folder, environment)
    assert (done.returncode, done.stdout) == (0, "2\n"), done.stderr


GEVENT = """
from gevent import monkey
monkey.patch_all()
from actuallycare import ActuallyCare, ConfigurationError
try:
    with ActuallyCare() as client:
        client.listings.list().first_page()
except ConfigurationError as error:
    print(error)
"""


def test_gevent_is_rejected(folder: Path, environment: dict[str, str]) -> None:
    done = run_code(GEVENT, folder, environment)
    assert done.returncode == 0, done.stderr
    assert "gevent has replaced the threads of this process" in done.stdout


def test_the_first_lines_of_the_page_run(
    folder: Path, environment: dict[str, str], records: ActuallyCare
) -> None:
    from tests.blocking.environments.conftest import PAGE

    code = PAGE.read_text(encoding="utf-8").partition("```python\n")[2].partition("```")[0]
    done = run_code(code, folder, environment)
    assert (done.returncode, done.stderr) == (0, "")
    active = records.listings.list(status="active").collect()
    assert len(done.stdout.splitlines()) == len(active)
