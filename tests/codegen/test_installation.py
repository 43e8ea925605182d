"""README, guides and examples install the SDK from where it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen import installation
from codegen.__main__ import main
from codegen.installation import as_installed, files, outdated

from .documents import ROOT


def test_every_command_works_now() -> None:
    assert outdated() == []


@pytest.mark.parametrize("file", files(ROOT), ids=lambda file: file.name)
def test_the_switch_changes_all_commands_and_back(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    released = as_installed(text, on_pypi=True)
    assert "not on PyPI" not in released
    assert "./actuallycare" not in released
    assert as_installed(released, on_pypi=installation.ON_PYPI) == text


def test_readme_says_both_ways() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "git clone" in as_installed(readme, on_pypi=False)
    assert "$ pip install actuallycare\n" in as_installed(readme, on_pypi=True)


def test_a_release_to_pypi_needs_the_switch(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "ON_PYPI", False)
    assert main(["release", "--check", "--tag", "v0"]) != 0
    assert "ON_PYPI" in capsys.readouterr().err
    monkeypatch.setattr(installation, "ON_PYPI", True)
    assert main(["release", "--check", "--tag", "v0"]) != 0
    assert "README.md" in capsys.readouterr().err
