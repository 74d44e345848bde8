from collections.abc import Callable
from pathlib import Path

import pytest

from core.project.tree import absolute, between, look_around


def test_files_near_the_root_come_first(plant: Callable[..., Path]) -> None:
    root = plant({"b/c/deep.py": "", "z.py": "", "a/one.py": "", "b/two.py": ""})

    names = [file.relative_to(root).as_posix() for file in look_around(root).python]

    assert names == ["z.py", "a/one.py", "b/two.py", "b/c/deep.py"]


@pytest.mark.parametrize(
    "path",
    [
        ".venv/lib/site-packages/x.py",
        "myenv/lib/x.py",
        "node_modules/x/x.py",
        "backend/tests/x.py",
        "Tests/x.py",
        "build/x.py",
        "thing.egg-info/x.py",
        "test_x.py",
        "conftest.py",
        "x.txt",
    ],
)
def test_what_holds_no_app_is_skipped(plant: Callable[..., Path], path: str) -> None:
    root = plant({path: "", "myenv/pyvenv.cfg": ""})

    assert look_around(root).python == ()


def test_a_root_that_is_named_like_a_skipped_folder_is_looked_into(
    plant: Callable[..., Path],
) -> None:
    root = plant({"app.py": ""}, "build")

    assert look_around(root).python == (root / "app.py",)


def test_the_limit_on_files_is_said(plant: Callable[..., Path]) -> None:
    root = plant({f"m{number}.py": "" for number in range(5)} | {"later/x.py": ""})

    tree = look_around(root, max_files=3)

    assert len(tree.python) == 3
    assert tree.notes == (
        f"Only the first 3 Python files of {root} were looked at; 1 folders are left out.",
    )


def test_the_limit_on_depth_is_said(plant: Callable[..., Path]) -> None:
    root = plant({"a/b/c.py": "", "a/x.py": ""})

    tree = look_around(root, max_depth=1)

    assert tree.python == (root / "a/x.py",)
    assert tree.notes == (f"1 folders deeper than 1 below {root} were not looked at.",)


def test_deep_folders_below_no_python_are_not_worth_a_word(plant: Callable[..., Path]) -> None:
    root = plant({"web/src/app.js": "", "x.py": ""})

    assert look_around(root, max_depth=1).notes == ()


def test_declaring_files_are_listed_nearest_and_surest_first(plant: Callable[..., Path]) -> None:
    root = plant({"backend/Procfile": "", "render.yaml": "", "Procfile": "", ".env": ""})

    names = [file.relative_to(root).as_posix() for file in look_around(root).declaring]

    assert names == [".env", "Procfile", "render.yaml", "backend/Procfile"]


def test_a_folder_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    missing = tmp_path / "gone"

    tree = look_around(missing)

    assert tree.folders == ()
    assert tree.notes[0].startswith(f"{missing} could not be read: ")


def test_a_folder_that_may_not_be_entered_is_passed_over(
    plant: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = plant({"locked/x.py": "", "y.py": ""})

    def refuse(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(Path, "exists", refuse)

    assert look_around(root).python == (root / "y.py",)


def test_a_link_to_a_folder_above_does_not_make_the_walk_endless(
    plant: Callable[..., Path],
) -> None:
    root = plant({"a/x.py": ""})
    try:
        (root / "a/up").symlink_to(root, target_is_directory=True)
    except OSError:
        pytest.skip("no right to make links here")

    assert look_around(root).python == (root / "a/x.py",)


def test_between_ends_at_the_root_or_at_the_top_of_the_disk(tmp_path: Path) -> None:
    assert list(between(tmp_path / "a/b", tmp_path)) == [tmp_path / "a/b", tmp_path / "a", tmp_path]
    assert list(between(tmp_path, tmp_path / "elsewhere"))[-1] == Path(tmp_path.anchor)


def test_absolute_drops_dots_and_keeps_the_rest(tmp_path: Path) -> None:
    assert absolute(tmp_path / "a" / ".." / "b c") == tmp_path / "b c"
