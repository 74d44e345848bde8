"""The lists of packages."""

from pathlib import Path

import pytest

from tests.support.preflight import CLEAN, clean, found, picture, places, planted, seen_by

LIST = CLEAN["requirements.txt"]


def listed(line: str) -> dict[str, str | bytes | None]:
    return {"requirements.txt": f"{LIST}{line}\n"}


@pytest.mark.parametrize(
    ("line", "severity"),
    [
        ("pywin32==311", "block"),
        ("windows_curses==2.4.1", "block"),
        ("wmi==1.5.1", "warn"),
        ('pywin32==311; sys_platform == "win32"', None),
        ('pywin32==311; platform_system == "Windows"', None),
        ('pywin32==311; os_name == "nt"', None),
        ('pywin32==311; sys_platform != "darwin"', "block"),
        ("win32-setctime==1.2.0", None),
        ("colorama==0.4.6", None),
    ],
)
def test_what_is_for_windows_alone_needs_a_marker(
    line: str, severity: str | None, tmp_path: Path
) -> None:
    seen = seen_by("windows-packages", listed(line), tmp_path)
    assert seen == ([(severity, "requirements.txt", 4)] if severity else [])


def test_its_mend_adds_the_marker(tmp_path: Path) -> None:
    (finding,) = found(picture(planted(listed("pywin32==311")), tmp_path))
    assert finding.seen.mend is not None
    (edit,) = finding.seen.mend.edits
    assert getattr(edit, "new", None) == 'pywin32==311; sys_platform == "win32"'


def test_a_lock_that_has_wheels_of_windows_alone_blocks(tmp_path: Path) -> None:
    lock = (
        '[[package]]\nname = "m"\nsource = {virtual = "."}\n'
        'dependencies = [{name = "celery"}, {name = "odd"}]\n'
        '[[package]]\nname = "celery"\n'
        '[[package]]\nname = "odd"\nversion = "1"\n'
        'wheels = [{url = "https://h/odd-1-cp313-cp313-win_amd64.whl"}]\n'
    )
    files = {"uv.lock": lock, "pyproject.toml": '[project]\ndependencies = ["celery"]\n'}
    seen = places(found(picture(files, tmp_path)))
    assert ("windows-packages", "block", "uv.lock", 8) in seen


def test_what_docker_builds_is_not_looked_at(tmp_path: Path) -> None:
    changes = {"render.yaml": clean("render.yaml", "runtime: python", "runtime: docker")}
    for check in ("unpinned", "resolves-on-linux", "list-bytes"):
        assert seen_by(check, {**changes, "requirements.txt": "pywin32\r\n"}, tmp_path) == []


def test_unpinned_packages_are_told_once_for_a_list(tmp_path: Path) -> None:
    text = "celery[redis]==5.5.3\nuvicorn\nfastapi>=0.1\na\nb\nc\n"
    (finding,) = (
        each
        for each in found(picture(planted({"requirements.txt": text}), tmp_path))
        if each.check == "unpinned"
    )
    assert finding.seen.line == 2
    assert finding.seen.what == "uvicorn, fastapi, a, b and 1 more: no version is named"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\xef\xbb\xbf" + LIST.encode(), "byte order mark"),
        (LIST.encode("utf-16"), "UTF-16"),
        (LIST.replace("\n", "\r\n").encode(), "CRLF"),
    ],
)
def test_odd_bytes_of_a_list_are_told_and_read_all_the_same(
    data: bytes, word: str, tmp_path: Path
) -> None:
    (finding,) = found(picture(planted({"requirements.txt": data}), tmp_path))
    assert (finding.check, finding.seen.severity) == ("list-bytes", "info")
    assert word in finding.seen.what
