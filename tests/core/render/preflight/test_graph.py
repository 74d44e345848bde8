"""What is imported once a program has started."""

import pytest

from core.render.preflight.code import read_code
from core.render.preflight.graph import Layout, files_of, layout, needs_of, reach

FILES = {
    "backend/proj/__init__.py": "",
    "backend/proj/app.py": "from proj import tasks\nfrom .inner import deep\ntry:\n"
    "    import proj.maybe\nexcept ImportError:\n    pass\n",
    "backend/proj/tasks.py": "def f():\n    import proj.late\n",
    "backend/proj/inner/deep.py": "x = 'proj.named.thing'\n",
    "backend/proj/maybe.py": "",
    "backend/proj/late.py": "",
    "backend/proj/named.py": "",
    "backend/proj/other.py": "",
}


def where(*roots: str) -> Layout:
    return layout(FILES, roots)


@pytest.mark.parametrize(
    ("module", "roots", "files"),
    [
        ("proj.tasks", ("backend",), ("proj/__init__.py", "proj/tasks.py")),
        ("proj", ("backend",), ("proj/__init__.py",)),
        ("proj.inner.deep", ("backend",), ("proj/__init__.py", "proj/inner/deep.py")),
        ("proj.inner", ("backend",), ("proj/__init__.py",)),
        ("proj.Tasks", ("backend",), ()),
        ("proj.tasks", ("",), ()),
        ("backend.proj.late", ("",), ("proj/__init__.py", "proj/late.py")),
        ("proj.tasks", ("", "backend"), ("proj/__init__.py", "proj/tasks.py")),
        ("proj.tasks.add", ("backend",), ()),
        ("json", ("backend",), ()),
    ],
)
def test_a_module_is_looked_for_from_each_root_by_its_exact_name(
    module: str, roots: tuple[str, ...], files: tuple[str, ...]
) -> None:
    assert where(*roots).files_of(module) == tuple(f"backend/{file}" for file in files)


def test_relative_imports_start_in_the_folder_of_the_file() -> None:
    code = read_code("backend/proj/inner/x.py", b"from .. import tasks\nfrom ..late import y\n")
    needs = list(needs_of(code))
    assert [need.folder for need in needs] == ["backend/proj", "backend/proj"]
    found = [files_of(need, where("backend")) for need in needs]
    assert found[0] == ("backend/proj/__init__.py", "backend/proj/tasks.py")
    assert found[1] == ("backend/proj/late.py",)


def test_certain_is_what_runs_at_import_whatever_happens_and_likely_is_the_rest() -> None:
    codes = {path: read_code(path, text.encode()) for path, text in FILES.items()}
    found = reach(["backend/proj/app.py"], codes, where("backend"))
    certain = {"__init__.py", "app.py", "tasks.py", "inner/deep.py"}
    assert found.certain == {f"backend/proj/{name}" for name in certain}
    likely = certain | {"maybe.py", "late.py", "named.py"}
    assert found.likely == {f"backend/proj/{name}" for name in likely}


@pytest.mark.parametrize(
    "text",
    [
        "app = Celery('x', include=['proj.other'])",
        "imports = ('proj.other',)",
        "app.conf.imports = ['proj.other']",
    ],
)
def test_modules_that_celery_is_told_to_import_are_certain(text: str) -> None:
    path = "backend/proj/app.py"
    codes = {each: read_code(each, b"") for each in FILES}
    codes[path] = read_code(path, text.encode())
    assert "backend/proj/other.py" in reach([path], codes, where("backend")).certain


def test_tasks_of_a_named_package_are_likely() -> None:
    path = "backend/proj/app.py"
    codes = {each: read_code(each, b"") for each in FILES}
    codes[path] = read_code(path, b"INSTALLED_APPS = ['proj']")
    assert "backend/proj/tasks.py" in reach([path], codes, where("backend")).likely


def test_imports_in_a_circle_come_to_an_end() -> None:
    files = {"a.py": "import b", "b.py": "import a"}
    codes = {path: read_code(path, text.encode()) for path, text in files.items()}
    assert reach(["a.py"], codes, layout(files, [""])).certain == {"a.py", "b.py"}
