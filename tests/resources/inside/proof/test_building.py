"""What a build left in its environment."""

import types
from collections.abc import Callable
from pathlib import Path

Load = Callable[[str], types.ModuleType]


def dist(folder: Path, name: str, tag: str, url: str = "") -> None:
    info = folder / "lib/python3.13/site-packages" / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "WHEEL").write_text(f"Wheel-Version: 1.0\nTag: {tag}\n")
    if url:
        (info / "direct_url.json").write_text(url)


def test_what_was_compiled_here_is_told_and_what_had_a_wheel_is_not(
    inside: Load, tmp_path: Path
) -> None:
    dist(tmp_path, "celery", "py3-none-any")
    dist(tmp_path, "numpy", "cp313-cp313-manylinux_2_28_x86_64")
    dist(tmp_path, "uwsgi", "cp313-cp313-linux_x86_64")
    dist(tmp_path, "own", "cp313-cp313-linux_x86_64", '{"dir_info": {}, "url": "file:///src"}')
    dist(tmp_path, "pip", "py3-none-any")
    assert inside("proof.building").installed(str(tmp_path)) == (4, ["uwsgi"])


def test_nothing_installed_is_nothing(inside: Load, tmp_path: Path) -> None:
    assert inside("proof.building").installed(str(tmp_path)) == (0, [])
