"""What locks install on Linux."""

from core.render.preflight.lock import Locked, read_lock
from core.render.preflight.packages import environment

AROUND = environment("3.13")
UV = """\
version = 1
[[package]]
name = "mine"
version = "0.1.0"
source = { virtual = "." }
dependencies = [
    { name = "celery", extra = ["redis"] },
    { name = "pywin32", marker = "sys_platform == 'win32'" },
]
[[package]]
name = "celery"
version = "5.5.3"
source = { registry = "r" }
sdist = { url = "https://h/celery-5.5.3.tar.gz" }
[package.optional-dependencies]
redis = [{ name = "redis" }]
[[package]]
name = "redis"
version = "6.0.0"
source = { registry = "r" }
dependencies = [{ name = "winonly" }]
wheels = [{ url = "https://h/redis-6.0.0-py3-none-any.whl" }]
[[package]]
name = "winonly"
version = "1"
source = { registry = "r" }
wheels = [{ url = "https://h/winonly-1-cp313-cp313-win_amd64.whl" }]
[[package]]
name = "pywin32"
version = "311"
source = { registry = "r" }
wheels = [{ url = "https://h/pywin32-311-cp313-cp313-win_amd64.whl" }]
"""


def test_uv_s_lock_is_followed_along_the_markers_that_hold_on_linux() -> None:
    assert read_lock("uv.lock", UV, AROUND) == (
        Locked("celery", "5.5.3", 11, True),
        Locked("redis", "6.0.0", 18, True),
        Locked("winonly", "1", 24, False),
    )


def test_poetry_s_lock_has_markers_on_each_package() -> None:
    text = """\
[[package]]
name = "celery"
version = "5.5.3"
files = [{ file = "celery-5.5.3-py3-none-any.whl" }]
[[package]]
name = "pywin32"
version = "311"
markers = "sys_platform == \\"win32\\""
files = [{ file = "pywin32-311-cp313-cp313-win_amd64.whl" }]
[[package]]
name = "numpy"
version = "2"
files = [{ file = "numpy-2-cp313-cp313-manylinux_2_28_x86_64.whl" }, { file = "odd.whl" }]
"""
    found = read_lock("poetry.lock", text, AROUND)
    assert [(each.name, each.fits) for each in found] == [("celery", True), ("numpy", True)]


def test_a_lock_that_cannot_be_read_has_nothing() -> None:
    assert read_lock("uv.lock", "<<<<<<< HEAD", AROUND) == ()
    assert read_lock("uv.lock", "package = 1", AROUND) == ()
