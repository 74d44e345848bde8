from pathlib import Path

import pytest

from core.project.celery_calls import Made
from core.project.source import MAX_BYTES, Import, read_bytes, read_source

APP = "from celery import Celery\napp = Celery('x')\n"


@pytest.mark.parametrize(
    "data",
    [
        APP.encode(),
        b"\xef\xbb\xbf" + APP.encode(),
        APP.replace("\n", "\r\n").encode(),
        ("# coding: cp1252\n# Gr\xfc\xdfe\n" + APP).encode("cp1252"),
        (APP + "# Grüße, 世界\n").encode(),
        (APP + 'pattern = "\\d"\n').encode(),  # a SyntaxWarning, which is not ours
    ],
    ids=["plain", "bom", "crlf", "cp1252", "utf8", "warning"],
)
def test_an_app_is_found_in_any_encoding_that_python_reads(data: bytes) -> None:
    source = read_bytes(data)

    assert [app.attr for app in source.apps] == ["app"]
    assert source.problem is None


@pytest.mark.parametrize(
    "data",
    [
        APP.encode() + b"def broken(:\n",
        APP.encode() + b"text = '\x00'\n",
        APP.encode() + b"text = '\xfc'\n",
        APP.encode() + b"x = " + b"(" * 5000 + b")" * 5000,
        APP.encode() + b"x = " + b"-" * 10_000 + b"1",
        b"# coding: nonsense\n" + APP.encode(),
    ],
    ids=["syntax", "nul", "encoding", "nested", "too complex", "unknown encoding"],
)
def test_a_file_that_is_no_python_gives_a_weak_mention_and_its_problem(data: bytes) -> None:
    source = read_bytes(data, "odd.py")

    assert [(app.attr, app.made) for app in source.apps] == [("app", Made.TEXT)]
    assert "odd.py" in (source.problem or "")


def test_a_broken_file_names_the_line_of_the_app() -> None:
    source = read_bytes(b"\n\r\ncelery : Celery = celery.Celery(\n  'x',\n")

    assert source.apps[0].line == 3
    assert source.star


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.py"
    file.write_bytes(APP.encode() + b"#" * MAX_BYTES)

    assert read_source(file).problem == f"{file} is larger than 1,000,000 bytes"


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    assert "could not be read" in (read_source(tmp_path / "gone.py").problem or "")


@pytest.mark.parametrize(
    "text",
    [
        "if X:\n    {}",
        "if X:\n    pass\nelse:\n    {}",
        "try:\n    {}\nexcept E:\n    pass",
        "try:\n    pass\nexcept E:\n    {}",
        "with X:\n    {}",
        "for _ in x:\n    {}",
        "while X:\n    {}",
    ],
)
def test_an_app_may_stand_in_a_statement_at_module_level(text: str) -> None:
    code = "from celery import Celery\n" + text.format("app = Celery()")

    assert [app.attr for app in read_bytes(code.encode()).apps] == ["app"]


@pytest.mark.parametrize(
    "test", ["__name__ == '__main__'", "TYPE_CHECKING", "typing.TYPE_CHECKING"]
)
def test_an_app_that_no_import_makes_does_not_count(test: str) -> None:
    code = f"from celery import Celery\nif {test}:\n    app = Celery()\n"

    assert read_bytes(code.encode()).apps == ()


def test_the_surest_of_two_assignments_to_a_name_counts() -> None:
    code = "from celery import Celery\napp: Celery = None\nif X:\n    app = Celery()\n"

    (app,) = read_bytes(code.encode()).apps

    assert (app.line, app.made) == (4, Made.DIRECT)


def test_other_names_are_kept_with_their_imports() -> None:
    code = (
        "import os, celery\nimport a.b as c\nfrom .x import y as z\nfrom m import *\n"
        "def f(): ...\nasync def g(): ...\nclass H: ...\nn = 1\n"
    )

    source = read_bytes(code.encode())

    assert source.star
    assert source.bound == {
        "os": Import(0, "os", None),
        "celery": Import(0, "celery", None),
        "c": Import(0, "a.b", None),
        "z": Import(1, "x", "y"),
        "f": None,
        "g": None,
        "H": None,
        "n": None,
    }


def test_modules_are_known_from_imports_and_strings() -> None:
    code = (
        "import a.b\nfrom c.d import e\nfrom . import f\n"
        "include = ['g.h', 'i.j.*', 'not a module', 'single', 'x..y']\n"
    )

    assert read_bytes(code.encode()).dotted == {"a.b", "c.d", "g.h", "i.j"}
