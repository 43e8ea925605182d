"""The rules of the architecture that a reader can check, checked."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SDK = ROOT / "src" / "actuallycare"
SANDBOX = ROOT / "src" / "actuallycare_sandbox"
GENERATED = (SDK / "api", SDK / "models")
HTTP_LIBRARIES = {"httpx", "httpx2", "aiohttp", "httpcore", "requests", "h11"}
RUN_TIME = {"anyio", "attrs", "httpx"}
EXTRAS = {
    "_core/json_value.py": {"msgspec"},
    "_core/transports/aiohttp.py": {"aiohttp", "yarl"},
    "_core/transports/httpx2.py": {"httpx2"},
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
def test_imports_go_down_only(path: Path) -> None:
    inside = path.relative_to(SDK).parts
    for level, module, _ in imports(path):
        if level == 0:
            root = module.split(".")[0]
            allowed = RUN_TIME | EXTRAS.get("/".join(inside), set())
            assert root in allowed or root in sys.stdlib_module_names, f"imports {root}"
            assert root not in HTTP_LIBRARIES or inside[:2] == ("_core", "transports")
            continue
        target = (*inside[: len(inside) - level], *module.split("."))
        if inside[0] == "_core":
            assert target[0] == "_core", "_core imports what stands above it"
        if inside[0] == "models":
            assert target[0] in ("_core", "models")


@pytest.mark.parametrize("path", modules(SANDBOX), ids=lambda p: p.relative_to(SANDBOX).as_posix())
def test_the_sandbox_is_independent_of_the_sdk(path: Path) -> None:
    if path.name == "pytest_plugin.py":
        return  # hands its users a ready client
    assert not [m for _, m, _ in imports(path) if m.split(".")[0] == "actuallycare"]


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
