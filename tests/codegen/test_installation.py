"""README, guides and examples install the SDK from where it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from codegen import installation
from codegen.__main__ import main
from codegen.installation import as_installed, files, outdated, repository, with_links

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


SOURCE = "https://github.com/owner/actuallycare"


def test_readme_has_absolute_links_on_pypi() -> None:
    readme = "[a](docs/a.md#part), [b](LICENSE), [c](#part), [d](https://example.com/d)\n"
    released = with_links(readme, on_pypi=True, source=SOURCE)
    assert re.findall(r"\]\((.*?)\)", released) == [
        f"{SOURCE}/blob/HEAD/docs/a.md#part",
        f"{SOURCE}/blob/HEAD/LICENSE",
        "#part",
        "https://example.com/d",
    ]
    assert with_links(released, on_pypi=True, source=SOURCE) == released
    assert with_links(released, on_pypi=False, source=SOURCE) == readme


@pytest.mark.parametrize(
    ("urls", "url"),
    [("", ""), ("[project.urls]", ""), (f'[project.urls]\nSource = "{SOURCE}/"', SOURCE)],
)
def test_the_repository_is_a_url_of_the_project(tmp_path: Path, urls: str, url: str) -> None:
    (tmp_path / "pyproject.toml").write_text(f'[project]\nname = "a"\n{urls}\n', encoding="utf-8")
    assert repository(tmp_path) == url


def test_a_release_to_pypi_needs_the_switch(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "ON_PYPI", False)
    monkeypatch.setattr(installation, "repository", lambda *_: "")
    assert main(["release", "--check", "--tag", "v0"]) != 0
    error = capsys.readouterr().err
    assert "ON_PYPI" in error
    assert "Source in [project.urls]" in error
    monkeypatch.setattr(installation, "ON_PYPI", True)
    assert main(["release", "--check", "--tag", "v0"]) != 0
    assert "README.md" in capsys.readouterr().err
