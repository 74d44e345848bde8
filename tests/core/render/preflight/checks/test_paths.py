"""Files that code opens."""

from pathlib import Path

import pytest

from core.render.preflight.mend import ReplaceLine
from tests.support.preflight import CLEAN, found, in_tasks, picture, planted, seen_by

HERE = [("warn", "proj/tasks.py", 10)]


@pytest.mark.parametrize(
    ("call", "seen"),
    [
        ('open("C:/data/in.csv", "rb")', HERE),
        ('open("data\\\\in.csv", "rb")', HERE),
        ('Path(r"data\\in.csv")', HERE),
        ('os.path.join("%TEMP%", "x")', HERE),
        ('pd.read_csv("D:\\\\x.csv")', HERE),
        ('open("data/in.csv", "rb")', []),
        ('print("C:\\\\x")', []),
        ('"\\n".join(["a\\tb"])', []),
        ('re.compile(r"\\d+")', []),
    ],
)
def test_paths_of_windows(call: str, seen: list[object], tmp_path: Path) -> None:
    assert seen_by("windows-paths", in_tasks(f"def f():\n    {call}\n"), tmp_path) == seen


def test_paths_of_windows_behind_a_guard_are_right(tmp_path: Path) -> None:
    code = 'if sys.platform == "win32":\n    x = open("C:/data/in.csv", "rb")\n'
    assert seen_by("windows-paths", in_tasks(code), tmp_path) == []


@pytest.mark.parametrize(
    ("call", "new"),
    [
        ('open("a")', 'open("a", encoding="utf-8")'),
        ('open("a", "w")', 'open("a", "w", encoding="utf-8")'),
        ("p.read_text()", 'p.read_text(encoding="utf-8")'),
        ('p.write_text("x")', 'p.write_text("x", encoding="utf-8")'),
        ('open("a", "rb")', None),
        ('open("a", mode="wb")', None),
        ('open("a", mode)', None),
        ('open("a", encoding="utf-8")', None),
        ('open("a", **how)', None),
        ('p.read_text("utf-8")', None),
        ('p.write_text("x", "utf-8")', None),
        ('image.open("a")', None),
    ],
)
def test_text_is_opened_with_an_encoding(call: str, new: str | None, tmp_path: Path) -> None:
    files = planted(in_tasks(f"def f(p, how, mode):\n    {call}\n"))
    findings = [each for each in found(picture(files, tmp_path)) if each.check == "encodings"]
    edits = [edit for each in findings if each.seen.mend for edit in each.seen.mend.edits]
    assert edits == ([ReplaceLine("proj/tasks.py", 10, call, new)] if new else [])


def test_several_calls_in_a_file_are_one_finding(tmp_path: Path) -> None:
    code = 'def f():\n    open("a")\n    open("b")\n    open(\n        "c"\n    )\n'
    (finding,) = found(picture(planted(in_tasks(code)), tmp_path))
    assert finding.seen.what == "open() without an encoding, and 2 more times"
    assert finding.seen.line == 10


UPLOAD = """

def upload(data):
    path = "/tmp/x"
    {write}
    add.delay({given}, 1)
"""


@pytest.mark.parametrize(
    ("write", "given", "severity"),
    [
        ('open(path, "wb").write(data)', "path", "block"),
        ('open(path, "wb").write(data)', "str(path)", "block"),
        ("pass", "path", "warn"),
        ("pass", "len(data)", None),
        ('open(path, "rb").read()', "path", "warn"),
    ],
)
def test_the_path_of_a_file_is_handed_to_a_task(
    write: str, given: str, severity: str | None, tmp_path: Path
) -> None:
    text = CLEAN["main.py"] + UPLOAD.format(write=write, given=given)
    seen = seen_by("shared-files", {"main.py": text}, tmp_path)
    assert [place[0] for place in seen] == ([severity] if severity else [])


def test_a_worker_that_hands_on_a_path_it_was_given_is_no_fault(tmp_path: Path) -> None:
    code = "def again(path):\n    add.delay(path, 1)\n"
    changes = {**in_tasks(""), "proj/other.py": code}
    assert seen_by("shared-files", changes, tmp_path) == []
