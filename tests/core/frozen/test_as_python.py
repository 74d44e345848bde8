"""The Python of a built program does as `python` does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.frozen.as_python import Run, read

ROOT = Path(__file__).resolve().parents[3]
SHOW = "import sys; print(__name__, sys.argv, *sys.path[:2], sep='|')"


def as_python(*arguments: str, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """What a process says that does so."""
    start = (
        f"import sys; sys.path[0] = {str(ROOT)!r}\n" + "from core.frozen.as_python import main\n"
    )
    code = start + "sys.path.remove(sys.path[0])\nsys.exit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, *arguments],
        cwd=cwd,
        env={**os.environ, **environ},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("line", "run"),
    [
        ("-c code a -b", Run("-c", "code", ("a", "-b"), frozenset())),
        ("-E -c code", Run("-c", "code", (), frozenset("E"))),
        ("-ISc code", Run("-c", "code", (), frozenset("IS"))),
        ("-W error -X utf8 -m celery -A x", Run("-m", "celery", ("-A", "x"), frozenset())),
        ("-Xutf8 -mcelery", Run("-m", "celery", (), frozenset())),
        ("-P file.py -c x", Run("script", "file.py", ("-c", "x"), frozenset("P"))),
        ("-V", Run("-V", "", (), frozenset())),
    ],
)
def test_a_command_line_is_read_as_python_reads_it(line: str, run: Run) -> None:
    assert read(line.split()) == run


@pytest.mark.parametrize("line", ["", "-I", "-c", "-W error", "-m"])
def test_without_anything_to_run_there_is_nothing(line: str) -> None:
    assert read(line.split()) is None


def test_code_runs_as_the_main_module(tmp_path: Path) -> None:
    assert as_python("-c", SHOW, "a", cwd=tmp_path).stdout.startswith("__main__|['-c', 'a']||")


def test_a_script_runs_and_imports_what_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "beside.py").write_text("said = 'beside'\n")
    script = tmp_path / "lib" / "script.py"
    script.write_text("import beside, sys\nprint(__name__, beside.said, sys.argv[1:])\n")
    assert as_python(str(script), "x", cwd=tmp_path).stdout == "__main__ beside ['x']\n"
    refused = as_python("-P", str(script), cwd=tmp_path)
    assert "No module named 'beside'" in refused.stderr
    assert refused.returncode == 1


def test_a_module_runs_from_the_working_directory(tmp_path: Path) -> None:
    (tmp_path / "here.py").write_text("import sys\nprint(__name__, sys.argv[1:])\nsys.exit(7)\n")
    done = as_python("-m", "here", "x", cwd=tmp_path)
    assert (done.stdout, done.returncode) == ("__main__ ['x']\n", 7)


def test_pythonpath_counts_unless_it_is_not_to(tmp_path: Path) -> None:
    folder = tmp_path / "extra"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text("import builtins\nbuiltins.customised = 'yes'\n")
    code = "import builtins; print(getattr(builtins, 'customised', 'no'))"

    def said(*flags: str) -> str:
        return as_python(*flags, "-c", code, cwd=tmp_path, PYTHONPATH=str(folder)).stdout.strip()

    assert [said(), said("-S"), said("-E"), said("-I")] == ["yes", "no", "no", "no"]


def test_output_is_utf_8_whatever_the_console_speaks(tmp_path: Path) -> None:
    code = "print('\\u20ac \\udc80')"
    assert as_python("-c", code, cwd=tmp_path, PYTHONIOENCODING="cp1252").stdout == "€ \\udc80\n"


def test_nothing_to_run_says_how_it_is_called(tmp_path: Path) -> None:
    done = as_python(cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "-c, -m or a script" in done.stderr
