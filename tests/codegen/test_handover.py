"""The job that may write accepts nothing but generated files from the job that ran the document."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from codegen.commands.regenerate import write_outputs
from codegen.handover import Rejected, accept, active_content, pack, severity_of

from .documents import ROOT

HONEST = {
    "openapi.json": "{}\n",
    "build/api-diff.md": "## The vendor's document changed\n\n- `@x`: new field\n",
    "changelog.d/document-0123456789ab.md": "### Added\n",
    "codegen/names.lock.json": "{}\n",
    "codegen/fallbacks.toml": "",
    "src/actuallycare/api/listings.py": "new\n",
    "src/actuallycare/models/listing.py": "new\n",
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


def test_a_linked_folder_of_the_checkout_is_rejected_and_changes_nothing(
    checkout: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (checkout / "changelog.d").symlink_to(elsewhere)
    before = contents(checkout)
    with pytest.raises(Rejected, match="link"):
        accept(checkout, archive(tmp_path / "made.tar.gz"))
    assert contents(checkout) == before
    assert list(elsewhere.iterdir()) == []


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


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"]
    program = shutil.which("git") or "git"
    subprocess.run([program, "-C", str(root), *identity, *arguments], check=True)


@pytest.fixture
def repository(checkout: Path) -> Path:
    """A checkout with a commit and the script, which works on the folder that it is in."""
    (checkout / "codegen").mkdir(exist_ok=True)
    shutil.copy(ROOT / "codegen" / "handover.py", checkout / "codegen")
    (checkout / ".gitignore").write_text("build/\n", encoding="utf-8")
    git(checkout, "init", "--quiet")
    git(checkout, "add", "--all")
    git(checkout, "commit", "--quiet", "--message", "x")
    return checkout


def run_handover(root: Path, command: str, archive: Path) -> subprocess.CompletedProcess[str]:
    script = str(root / "codegen" / "handover.py")
    environment = {"SEVERITY": "major", "GITHUB_OUTPUT": str(root.parent / "outputs")}
    return subprocess.run(
        [sys.executable, "-I", script, command, str(archive)],
        env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_commands_check_the_work_tree(repository: Path, tmp_path: Path) -> None:
    made = archive(tmp_path / "made.tar.gz")
    done = run_handover(repository, "accept", made)
    assert done.returncode == 0, done.stderr
    assert run_handover(repository, "pack", tmp_path / "again.tar.gz").returncode == 0


@pytest.mark.parametrize("command", ["pack", "accept"])
@pytest.mark.parametrize("name", ["Makefile", ".github/workflows/ci.yml", "new.py"])
def test_another_change_of_the_work_tree_is_rejected(
    command: str, name: str, repository: Path, tmp_path: Path
) -> None:
    made = archive(tmp_path / "made.tar.gz")
    (repository / name).parent.mkdir(parents=True, exist_ok=True)
    (repository / name).write_text("changed\n", encoding="utf-8")
    done = run_handover(repository, command, made)
    assert done.returncode == 1
    assert name in done.stderr
    assert not (repository.parent / "outputs").exists()


def test_outputs_have_delimiters_that_no_value_can_contain(tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    forged = "major\nEOF\nchanged=false\nx<<EOF"
    for _ in range(2):
        write_outputs(outputs, severity=forged)
    lines = outputs.read_text(encoding="utf-8").split("\n")
    delimiters = [line.partition("<<")[2] for line in lines if line.startswith("severity<<")]
    assert len(set(delimiters)) == 2
    assert all(re.fullmatch(r"end_[0-9a-f]{32}", delimiter) for delimiter in delimiters)
    assert [lines.count(delimiter) for delimiter in delimiters] == [1, 1]
