"""Rules of the architecture that the contracts in pyproject.toml cannot express."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SDK = ROOT / "src" / "actuallycare"
GENERATED = (SDK / "api", SDK / "blocking" / "api", SDK / "models")
RUN_TIME = {"anyio", "attrs", "httpx"}
EXTRAS = {
    "_core/json_value.py": {"msgspec"},
    "_core/record_schema.py": {"pydantic_core", "typing_extensions"},
    "_core/transports/aiohttp.py": {"aiohttp", "yarl"},
    "_core/transports/httpx2.py": {"httpx2"},
    "_core/event_loop.py": {"trio"},
    "redis/commands.py": {"redis"},
    "redis/idempotency.py": {"redis"},
    "redis/rate_limiter.py": {"redis"},
    "redis/tokens.py": {"cryptography", "redis"},
    "telemetry.py": {"opentelemetry"},
}
"""What only this module imports, and only those who ask for it import this module."""


def modules(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def handwritten() -> list[Path]:
    return [p for p in modules(SDK) if not any(p.is_relative_to(g) for g in GENERATED)]


def imports(path: Path) -> Iterator[tuple[int, str, ast.stmt]]:
    """(relative level, module, statement) of each import that runs."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typed_only = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in typed_only:
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield 0, alias.name, node
        elif isinstance(node, ast.ImportFrom):
            yield node.level, node.module or "", node


@pytest.mark.parametrize("path", modules(SDK), ids=lambda p: p.relative_to(SDK).as_posix())
def test_the_package_imports_itself_only_relatively(path: Path) -> None:
    # Otherwise a vendored copy would load another copy, or none.
    text = path.read_text(encoding="utf-8")
    assert not [m for level, m, _ in imports(path) if level == 0 and m.startswith("actuallycare")]
    assert "importlib.metadata" not in text
    assert "getLogger(__name__)" not in text


@pytest.mark.parametrize("path", modules(SDK), ids=lambda p: p.relative_to(SDK).as_posix())
def test_only_declared_dependencies_are_imported(path: Path) -> None:
    allowed = RUN_TIME | EXTRAS.get(path.relative_to(SDK).as_posix(), set())
    for level, module, _ in imports(path):
        root = module.split(".")[0]
        assert level or root in allowed or root in sys.stdlib_module_names, f"imports {root}"


def test_importing_loads_only_what_the_sdk_depends_on() -> None:
    code = (
        "import sys; before = set(sys.modules); import actuallycare;"
        "print(*sorted({m.split('.')[0] for m in set(sys.modules) - before}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    known = {"actuallycare", "attr", *RUN_TIME} | sys.stdlib_module_names
    # What httpx and anyio themselves load.
    known |= {"certifi", "h11", "httpcore", "idna", "sniffio", "typing_extensions"}
    assert set(done.stdout.split()) <= known


def test_the_blocking_client_is_not_imported_until_used() -> None:
    code = (
        "import sys, actuallycare;"
        "assert not [m for m in sys.modules if m.startswith('actuallycare.blocking')];"
        "client = actuallycare.ActuallyCare;"
        "assert client is sys.modules['actuallycare.blocking'].ActuallyCare"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_webhooks_are_not_imported_until_used() -> None:
    code = (
        "import sys, actuallycare;"
        "assert not [m for m in sys.modules if m.startswith('actuallycare.webhooks')];"
        "error = actuallycare.WebhookVerificationError;"
        "assert error is actuallycare.webhooks.WebhookVerificationError"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("folder", ["src", "codegen", "tests", "examples"])
def test_no_handwritten_file_is_long(folder: str) -> None:
    for path in modules(ROOT / folder):
        if not any(path.is_relative_to(g) for g in GENERATED):
            assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path
