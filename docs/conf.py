"""Settings of the documentation site. Building it needs no network; `nox -s docs` installs tools.

Sphinx with MyST and furo, since Material for MkDocs only gets fixes from November 2025 on:
https://squidfunk.github.io/mkdocs-material/blog/2025/11/05/zensical/
"""

from __future__ import annotations

import re
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

project = "actuallycare"
author = "the actuallycare maintainers"
copyright = f"2026 {author}"
release = version = installed_version("actuallycare")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = "index"
# README.md is the table of contents for readers on a code host.
exclude_patterns = ["README.md", "_build"]

myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 4

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "show-inheritance": True}

default_role = "code"  # `names` in docstrings

html_theme = "furo"
html_favicon = "site/icon.svg"
html_static_path = ["site/style.css"]
html_css_files = ["style.css"]
html_title = f"actuallycare {release}"
html_copy_source = True  # llms.txt links the sources
html_show_sourcelink = False
html_show_sphinx = False

_ROOT = Path(__file__).resolve().parents[1]

# Files of the project outside docs/ that are pages of the site.
_PAGES = {
    "README.md": "index",
    "CHANGELOG.md": "site/changelog",
    "CODE_OF_CONDUCT.md": "site/conduct",
    "CONTRIBUTING.md": "site/contributing",
    "SECURITY.md": "site/security",
    "benchmarks/RESULTS.md": "site/results",
}


def _read_page(app: Any, docname: str, source: list[str]) -> None:
    """Let a link to a file of the project lead to its page; fill the pages of docs/site."""
    file = next((f for f, page in _PAGES.items() if page == docname and f != "README.md"), None)
    text = (_ROOT / file).read_text(encoding="utf-8") if file else source[0]
    folder = (_ROOT / (file or f"docs/{docname}.md")).parent
    up = "../" * docname.count("/")

    def link(match: re.Match[str]) -> str:
        path, anchor = match.group(1), match.group(2) or ""
        target = (folder / path).resolve()
        name = target.relative_to(_ROOT).as_posix() if target.is_relative_to(_ROOT) else ""
        if name in _PAGES:
            return f"]({up}{_PAGES[name]}.md{anchor})"
        return f"]({up}{name.removeprefix('docs/')}{anchor})" if file else match.group()

    source[0] = re.sub(r"\]\(([\w./-]+\.(?:md|svg))(#[\w-]*)?\)", link, text)


def _mark_code(app: Any, what: str, name: str, obj: object, options: Any, lines: list[str]) -> None:
    """Let indented code of docstrings be code: reStructuredText would read it as a quotation.

    Sections of napoleon (`Args:`) have been converted already.
    """
    marked: list[str] = []
    for line in lines:
        before = next((text for text in reversed(marked) if text.strip()), " ")
        begins = line.startswith("    ") and marked[-1:] == [""]
        if begins and before[0] not in " :." and not before.endswith("::"):
            marked += ["::", ""]
        marked.append(line)
    lines[:] = marked


def _write_llms(app: Any, error: Exception | None) -> None:
    """Write the pages as plain text for programs: https://llmstxt.org"""
    if error:
        return
    guides = [_ROOT / "docs" / "api.md", *sorted((_ROOT / "docs").glob("[a-z]*.md"))]
    pages = {file.stem: file.read_text(encoding="utf-8") for file in guides}
    del pages["index"]
    readme = (_ROOT / "README.md").read_text(encoding="utf-8")
    head = readme.split("\n## ")[0].strip()
    titles = {stem: re.findall(r"^# (.+)$", text, re.MULTILINE)[0] for stem, text in pages.items()}
    contents = (_ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    notes = dict(re.findall(r"^\| \[.+?\]\(([\w-]+)\.md\) \| (.+) \|$", contents, re.MULTILINE))
    lines = [f"- [{titles[stem]}](_sources/{stem}.md.txt): {notes[stem]}" for stem in pages]
    out = Path(app.outdir)
    (out / "llms.txt").write_text("\n".join([head, "", "## Docs", "", *lines, ""]), "utf-8")
    (out / "llms-full.txt").write_text("\n\n".join([readme, *pages.values()]), "utf-8")


def setup(app: Any) -> None:
    """Connect the hooks above."""
    app.connect("source-read", _read_page)
    app.connect("autodoc-process-docstring", _mark_code, priority=900)  # after napoleon
    app.connect("build-finished", _write_llms)
