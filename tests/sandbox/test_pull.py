"""Pull a document from a sandbox with `python -m codegen pull`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import httpx

from actuallycare_sandbox import Settings, run_sandbox

ROOT = Path(__file__).resolve().parents[2]
SNAPSHOT = ROOT / "openapi.json"


def pull(url: str, target: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "codegen", "pull", "--url", url, "--to", str(target)]
    return subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=60, cwd=ROOT
    )


def test_pull_committed_document_byte_for_byte(tmp_path: Path) -> None:
    target = tmp_path / "openapi.json"
    with run_sandbox(Settings(records=0)) as server:
        done = pull(f"{server.base_url}/openapi.json", target)
        assert done.returncode == 0, done.stderr
        assert target.read_bytes() == SNAPSHOT.read_bytes()
        [recorded] = server.backend.request_log.all()
        assert (recorded.method, recorded.path, recorded.status) == ("GET", "/openapi.json", 200)


def test_serve_and_pull_a_changed_document(tmp_path: Path) -> None:
    document = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    document["paths"]["/showings"] = document["paths"]["/appointments"]
    changed = tmp_path / "changed.json"
    target = tmp_path / "openapi.json"
    changed.write_text(json.dumps(document), encoding="utf-8")
    target.write_bytes(SNAPSHOT.read_bytes())
    with run_sandbox(Settings(records=0, openapi=changed)) as server:
        done = pull(f"{server.base_url}/openapi.json", target)
        headers = {"X-API-Key": server.api_key}
        served = httpx.get(f"{server.base_url}/showings", headers=headers)
    assert done.returncode == 0, done.stderr
    assert json.loads(target.read_text(encoding="utf-8")) == document
    assert served.status_code == 200
