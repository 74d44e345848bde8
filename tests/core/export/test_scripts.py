"""Scripts that are run for real, where there is a shell for them."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from core.export.scripts import Script
from core.export.terminals import Terminal
from core.export.variables import ByHand, FromFile, Literal, SameAs
from tests.support.waiting import wait_until

ODD = (
    *(
        "a b",
        "100%",
        "%PATH%",
        "it's",
        "a&b",
        "x=1,2",
        'say "hi"',
        "$HOME",
        "(c)",
        "",
        "a^b",
        "!x!",
    ),
    *('{"a": "b&c|d>e^f (g) 5%"}', '5"', "a;b@c"),
)
WRITES = """
import json, os, sys
from pathlib import Path
file, *words = sys.argv[1:]
names = ("URL", "BROKER", "KNOWN", "LIT", "OWN")
told = {"words": words, "cwd": os.getcwd(), "env": {n: os.environ.get(n) for n in names}}
Path(file + ".new").write_text(json.dumps(told))
os.replace(file + ".new", file)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose name needs quotes everywhere, with a program and a .env."""
    folder = tmp_path / "it's 1 (b)"
    folder.mkdir()
    (folder / "writes.py").write_text(WRITES, "utf-8")
    (folder / ".env").write_text('OTHER=x\nURL="redis://:pw@h:1/0?a=b"\nKNOWN=file\n', "utf-8")
    return folder


def script(folder: Path) -> Script:
    argv = (sys.executable, str(folder / "writes.py"))
    return Script(
        title="proj: 100% of 2 commands",
        path=folder / "bin",
        variables=(
            FromFile("URL", folder / ".env"),
            FromFile("KNOWN", folder / ".env"),
            Literal("LIT", "a 50% b"),
            SameAs("BROKER", "URL"),
        ),
        terminals=(
            Terminal("worker1@box", (*argv, "one.json", *ODD), folder, {"OWN": "a b", "LIT": ""}),
            Terminal("web", (*argv, "two.json"), folder),
        ),
    )


def told(folder: Path, name: str) -> Mapping[str, object]:
    wait_until(lambda: (folder / name).exists(), 30, name)
    return json.loads((folder / name).read_text("utf-8"))


def is_right(folder: Path) -> None:
    env = {
        "URL": "redis://:pw@h:1/0?a=b",
        "BROKER": "redis://:pw@h:1/0?a=b",
        "KNOWN": "environment",
        "LIT": "a 50% b",
        "OWN": "a b",
    }
    one = told(folder, "one.json")
    assert one["words"] == list(ODD)
    assert one["env"] == {**env, "LIT": None if sys.platform == "win32" else ""}
    assert Path(str(one["cwd"])).resolve() == folder.resolve()
    two = told(folder, "two.json")
    assert (two["words"], two["env"]) == ([], {**env, "OWN": None})


@pytest.mark.parametrize("form", ["sh", "bat", "ps1"])
def test_no_value_of_a_file_stands_in_a_script(folder: Path, form: str) -> None:
    text = script(folder).text(form)
    assert "redis://" not in text
    assert "URL" in text


if sys.platform == "win32":

    def run(folder: Path, made: Script, **env: str) -> subprocess.CompletedProcess[bytes]:
        (folder.parent / "fleet.bat").write_text(made.text("bat"), "utf-8", newline="\r\n")
        return subprocess.run(
            ["cmd", "/c", "fleet.bat"],
            cwd=folder.parent,
            env={**os.environ, **env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            check=False,
        )

    def test_cmd_starts_every_command_as_it_was_meant(folder: Path) -> None:
        assert run(folder, script(folder), KNOWN="environment").returncode == 0
        is_right(folder)

    def test_cmd_ends_where_a_variable_is_missing(folder: Path) -> None:
        missing = Script("t", None, (ByHand("NEEDED", "it is in (x) & 5% y"),), ())
        done = run(folder, missing)
        assert done.returncode == 1
        assert b"set NEEDED first: it is in ?x? ? 5% y" in done.stdout

else:

    def run(folder: Path, made: Script, **env: str) -> subprocess.CompletedProcess[str]:
        file = folder / "fleet.sh"
        file.write_text(made.text("sh"), "utf-8")
        return subprocess.run(
            ["sh", str(file)],
            env={**os.environ, **env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            start_new_session=True,
        )

    def test_sh_starts_every_command_as_it_was_meant(folder: Path) -> None:
        done = run(folder, script(folder), KNOWN="environment")
        assert (done.returncode, done.stderr) == (0, "")
        is_right(folder)

    def test_sh_ends_where_a_variable_is_missing(folder: Path) -> None:
        missing = Script("t", None, (ByHand("NEEDED", 'it is in "x}" $y'),), ())
        done = run(folder, missing)
        assert done.returncode != 0
        assert "NEEDED: set it first: it is in ?x?? ?y" in done.stderr
        assert run(folder, missing, NEEDED="").returncode == 0

    def test_sh_ends_where_a_file_is_missing(folder: Path) -> None:
        gone = Script("t", None, (FromFile("A", folder / "gone"),), ())
        done = run(folder, gone)
        assert (done.returncode, "is not there, so set A" in done.stderr) == (1, True)

    def test_an_interrupt_ends_all_that_sh_has_started(folder: Path) -> None:
        stays = "import pathlib, time; pathlib.Path('up').touch(); time.sleep(1000)"
        made = Script("t", None, (), (Terminal("web", (sys.executable, "-c", stays), folder),))
        file = folder / "fleet.sh"
        file.write_text(made.text("sh"), "utf-8")
        with subprocess.Popen(["sh", str(file)], start_new_session=True) as process:
            wait_until(lambda: (folder / "up").exists(), 30, "the command")
            process.terminate()
            process.wait(20)

        def over() -> bool:
            try:
                os.killpg(process.pid, 0)
            except ProcessLookupError:
                return True
            return False

        wait_until(over, 10, "its group to end")


def test_powershell_gets_one_quoted_text_of_arguments(folder: Path) -> None:
    """about_Quoting_Rules; Start-Process of 5.1 joins a list with spaces, without quotes."""
    text = script(folder).text("ps1")
    where = str(folder).replace("'", "''")
    assert f"-WorkingDirectory '{where}'" in text
    arguments = text.split("-ArgumentList '")[1].split("\n")[0].removesuffix("'")
    words = [str(folder / "writes.py"), "one.json", *ODD]
    assert arguments.replace("''", "'") == subprocess.list2cmdline(words)


def test_powershell_sets_own_variables_for_one_command_only(folder: Path) -> None:
    lines = script(folder).text("ps1").splitlines()
    own = lines.index("$before_OWN = $env:OWN; $env:OWN = 'a b'")
    gone = lines.index("$env:OWN = $before_OWN")
    started = [at for at, line in enumerate(lines) if line.startswith("Start-Process")]
    assert own < started[0] < gone < started[1]


def test_powershell_asks_for_what_it_cannot_read(folder: Path) -> None:
    text = Script("t", None, (ByHand("A", "it's there"),), ()).text("ps1")
    assert "if (-not (Test-Path env:A)) { throw 'set A first: it''s there' }" in text


def test_a_percent_is_doubled_for_cmd(folder: Path) -> None:
    text = script(folder).text("bat")
    assert "100%%" in text
    assert "rem proj: 100%% of 2 commands" in text
    assert 'set "LIT=a 50%% b"' in text
