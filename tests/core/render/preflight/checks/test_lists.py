"""The lists of packages."""

from pathlib import Path

import pytest

from tests.support.preflight import CLEAN, clean, found, in_group, picture, places, planted, seen_by

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


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("celery[redis]==5.5.3\nuvicorn==1\n", []),
        ("celery==5.5.3\nredis==6\nfastapi[standard]==1\n", []),
        ("flower==2\nuvicorn==1\ncelery[redis]\n", []),
        ("redis==6\nuvicorn==1\n", [("block", "render.yaml", 20)]),
        ("-e .\nuvicorn==1\n", [("warn", "render.yaml", 20)]),
        ("my-celery-tools==1\nuvicorn==1\n", [("warn", "render.yaml", 20)]),
        ('celery==5; sys_platform == "win32"\nuvicorn==1\n', [("warn", "render.yaml", 20)]),
    ],
)
def test_what_commands_run_is_in_the_list(
    text: str, missing: list[tuple[str, str, int]], tmp_path: Path
) -> None:
    assert seen_by("missing-packages", {"requirements.txt": text}, tmp_path) == missing


def test_what_an_address_needs_is_in_the_list(tmp_path: Path) -> None:
    changes = in_group("DATABASE_URL", "mysql+pymysql://h/x")
    assert seen_by("missing-packages", changes, tmp_path) == [("block", "render.yaml", 38)]
    with_driver = {**changes, **listed("PyMySQL==1.1")}
    assert seen_by("missing-packages", with_driver, tmp_path) == []
    postgres = in_group("DATABASE_URL", "postgresql+psycopg2://h/x")
    with_other = {**postgres, **listed("psycopg2-binary==2.9")}
    assert seen_by("missing-packages", with_other, tmp_path) == []


def test_a_list_that_is_not_there_is_told_once(tmp_path: Path) -> None:
    seen = seen_by("missing-packages", {"requirements.txt": None}, tmp_path)
    assert seen == [("block", "render.yaml", 7)]


def test_without_any_list_a_dockerfile_or_a_build_command_leave_a_doubt(tmp_path: Path) -> None:
    nothing = {"requirements.txt": None}
    built = clean("render.yaml", "pip install -r requirements.txt", "make install")
    seen = seen_by("missing-packages", {**nothing, "render.yaml": built}, tmp_path)
    assert seen == [("warn", None, None)]
    bare = "\n".join(
        each for each in CLEAN["render.yaml"].splitlines() if "buildCommand" not in each
    )
    changes = {**nothing, "render.yaml": bare}
    assert seen_by("missing-packages", changes, tmp_path) == [("block", None, None)]
    docker = {**changes, "Dockerfile": "FROM python\n"}
    assert seen_by("missing-packages", docker, tmp_path) == [("warn", None, None)]


def test_what_docker_builds_is_not_looked_at(tmp_path: Path) -> None:
    changes = {"render.yaml": clean("render.yaml", "runtime: python", "runtime: docker")}
    for check in ("missing-packages", "unpinned", "resolves-on-linux", "list-bytes"):
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
