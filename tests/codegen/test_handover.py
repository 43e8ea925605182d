"""The job that may write accepts nothing but generated files from the job that ran the document."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from codegen.handover import Rejected, accept, active_content, pack, severity_of

HONEST = {
    "openapi.json": "{}\n",
    "build/api-diff.md": "## The vendor's document changed\n\n- `@x`: new field\n",
    "changelog.d/document-0123456789ab.md": "### Added\n",
    "codegen/names.lock.json": "{}\n",
    "codegen/fallbacks.toml": "",
    "src/actuallycare/api/listings.py": "new\n",
    "src/actuallycare/models/listing.py": "new\n",
    "src/actuallycare/models/büro.py": "new\n",
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "checkout"
    for name in ("Makefile", "src/actuallycare/api/removed.py", "src/actuallycare/client.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("old\n", encoding="utf-8")
    return root


def archive(path: Path, *more: tarfile.TarInfo, files: dict[str, str] = HONEST) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            tar.addfile(member, io.BytesIO(text.encode()))
        for member in more:
            tar.addfile(member, io.BytesIO(bytes(member.size)))
    return path


def contents(root: Path) -> dict[str, str]:
    return {
        p.relative_to(root).as_posix(): p.read_text("utf-8") for p in root.rglob("*") if p.is_file()
    }


def test_what_was_packed_is_accepted_and_removed_modules_go(checkout: Path, tmp_path: Path) -> None:
    worked = tmp_path / "worked"
    for name, text in {**HONEST, "Makefile": "changed", "src/actuallycare/client.py": "x"}.items():
        (worked / name).parent.mkdir(parents=True, exist_ok=True)
        (worked / name).write_text(text, encoding="utf-8")
    assert pack(worked, tmp_path / "made.tar.gz") == sorted(HONEST)
    assert accept(checkout, tmp_path / "made.tar.gz") == sorted(HONEST)
    kept = {"Makefile": "old\n", "src/actuallycare/client.py": "old\n"}
    assert contents(checkout) == HONEST | kept


def member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, target
    return made


MALICIOUS: dict[str, tarfile.TarInfo] = {
    "workflow": member(".github/workflows/ci.yml"),
    "hook": member(".git/hooks/post-checkout"),
    "makefile": member("Makefile"),
    "client": member("src/actuallycare/client.py"),
    "generator": member("codegen/handover.py"),
    "absolute": member("/etc/passwd"),
    "parent": member("src/actuallycare/api/../client.py"),
    "leaves": member("../outside.py"),
    "backslash": member("src\\actuallycare\\api\\a.py"),
    "subfolder": member("src/actuallycare/api/deep/a.py"),
    "other kind": member("src/actuallycare/api/a.so"),
    "upper case": member("src/actuallycare/api/LISTINGS.py"),
    "newline": member("openapi.json\n"),
    "link": member("src/actuallycare/api/a.py", tarfile.SYMTYPE, "/etc/passwd"),
    "hard link": member("src/actuallycare/api/a.py", tarfile.LNKTYPE, "openapi.json"),
    "linked folder": member("src/actuallycare/api", tarfile.SYMTYPE, "../../.github"),
    "folder": member("src/actuallycare/api", tarfile.DIRTYPE),
    "device": member("src/actuallycare/api/a.py", tarfile.CHRTYPE),
    "pipe": member("src/actuallycare/api/a.py", tarfile.FIFOTYPE),
    "twice": member("openapi.json"),
}


@pytest.mark.parametrize("kind", MALICIOUS)
def test_a_malicious_archive_is_rejected_and_changes_nothing(
    kind: str, checkout: Path, tmp_path: Path
) -> None:
    before = contents(checkout)
    with pytest.raises(Rejected):
        accept(checkout, archive(tmp_path / "bad.tar.gz", MALICIOUS[kind]))
    assert contents(checkout) == before


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_bytes(b"no archive"),
        lambda path: archive(path, files={"openapi.json": "{}"}),
        lambda path: archive(path, files={**HONEST, "build/api-diff.md": "closes #1"}),
    ],
    ids=["no archive", "without a report", "active report"],
)
def test_an_incomplete_archive_is_rejected(
    make: Callable[[Path], object], checkout: Path, tmp_path: Path
) -> None:
    path = tmp_path / "bad.tar.gz"
    make(path)
    with pytest.raises(Rejected):
        accept(checkout, path)


@pytest.mark.parametrize(
    "text",
    ["@octocat", "<img src=x>", "<!-- x", "[a](b)", "Closes #1", "fixes GH-1", "a\n::error::b",
     "https://e.example", "a\x1bb", "a\u202eb", "x" * 66_000],
)  # fmt: skip
def test_active_content_of_a_report_is_noticed(text: str) -> None:
    assert active_content(text)
    assert not active_content("## Title\n\n- `@octocat`: gains `<img>` (`GET /x`)\n")


@pytest.mark.parametrize("text", ["", "Major", "major\n", "major; rm", "${{ github.token }}"])
def test_the_severity_is_from_a_fixed_list(text: str) -> None:
    assert severity_of("major") == "major"
    with pytest.raises(Rejected):
        severity_of(text)
