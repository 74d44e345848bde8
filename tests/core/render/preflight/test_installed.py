"""What is installed, and what that brings."""

from pathlib import Path

from core.render.preflight.installed import closure, read_installed
from core.render.preflight.packages import Package, environment, package_of

AROUND = environment("3.13")
INSTALLED = {
    "celery": ("kombu[redis]>=5", "tzdata; sys_platform == 'win32'", "x; extra == 'y'"),
    "kombu": ("redis; extra == 'redis'", "celery", "not a requirement !"),
    "redis": (),
}


def asked(*lines: str) -> list[Package]:
    return [each for line in lines if (each := package_of(line, "r.txt", 1, AROUND))]


def test_what_packages_require_on_linux_is_followed_with_their_extras() -> None:
    found = closure(asked("celery==5"), INSTALLED, AROUND)
    assert found.names == {"celery", "kombu", "redis"}
    assert found.complete


def test_a_package_that_is_not_installed_leaves_it_open() -> None:
    assert not closure(asked("celery", "other"), INSTALLED, AROUND).complete
    assert not closure(asked("celery[y]"), INSTALLED, AROUND).complete
    assert closure(asked("celery", 'other; sys_platform == "win32"'), INSTALLED, AROUND).complete


def test_metadata_of_an_environment_is_read(tmp_path: Path) -> None:
    for place in ("Lib/site-packages", "lib/python3.12/site-packages"):
        folder = tmp_path / place / f"Some_Thing{len(place)}-1.0.dist-info"
        folder.mkdir(parents=True)
        text = "Name: Some_Thing\nRequires-Dist: a>=1\nRequires-Dist: b\n\nRequires-Dist: no\n"
        (folder / "METADATA").write_text(text, "utf-8")
    (tmp_path / "pyvenv.cfg").touch()
    found = read_installed(tmp_path / "bin" / "python")
    assert found == {"some-thing17": ("a>=1", "b"), "some-thing28": ("a>=1", "b")}


def test_an_interpreter_without_an_environment_tells_nothing(tmp_path: Path) -> None:
    assert read_installed(tmp_path / "bin" / "python") == {}
