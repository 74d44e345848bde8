"""From one spec come the command, the environment and the first words of every worker."""

import json
import shlex
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.places import INSIDE
from core.workers.mode import Mode
from core.workers.spec import WorkerSpec, as_line, as_typed

PYTHON = Path("/venv/bin/python")
SPEC = WorkerSpec(PYTHON, "shop.celery", Path("/srv/shop"), {"HOME": "/home/me"})


def first_words(spec: WorkerSpec, node: str = "w1@box") -> Mapping[str, Any]:
    line = spec.first_words(node)
    assert line.endswith(b"\n") and line.count(b"\n") == 1
    return json.loads(line)


def test_a_fleet_worker_is_our_launcher_and_takes_commands() -> None:
    child = SPEC.child("w1@box")
    assert child.argv == (str(PYTHON), str(INSIDE / "worker.py"), "w1@box")
    assert (child.title, child.cwd, child.takes_commands) == ("w1@box", SPEC.workdir, True)
    assert not child.one_pipe


def test_a_plain_worker_is_the_literal_command_of_the_guide() -> None:
    child = replace(SPEC, mode=Mode.PLAIN, queues=("fast", "slow"), loglevel="debug").child(
        "w1@box"
    )
    assert " ".join(child.argv[1:]) == (
        "-m celery -A shop.celery worker --pool=solo -n w1@box --loglevel=debug -Q fast,slow -E"
    )
    assert (child.takes_commands, child.one_pipe) == (False, True)


def test_a_percent_sign_in_a_node_name_is_doubled_for_the_command_alone() -> None:
    assert "100%%@box" in SPEC.command("100%@box")
    assert first_words(SPEC, "100%@box")["node"] == "100%@box"


def test_the_broker_that_was_asked_for_wins_in_the_environment() -> None:
    variables = {"CELERY_BROKER_URL": "redis://asked"}
    spec = replace(SPEC, env={"CELERY_BROKER_URL": "redis://own", "A": "b"}, broker=variables)
    assert spec.environment()["CELERY_BROKER_URL"] == "redis://asked"
    assert spec.environment()["A"] == "b"
    assert first_words(spec)["broker"] == variables


def test_output_is_unbuffered_utf_8_unless_the_project_says_otherwise() -> None:
    assert SPEC.environment()["PYTHONUNBUFFERED"] == "1"
    assert SPEC.environment()["PYTHONIOENCODING"] == "utf-8:backslashreplace"
    own = replace(SPEC, env={"PYTHONIOENCODING": "latin-1"})
    assert own.environment()["PYTHONIOENCODING"] == "latin-1"


def test_what_leads_another_interpreter_astray_is_taken_out() -> None:
    spec = replace(SPEC, env={"PYTHONHOME": "/frozen", "__PYVENV_LAUNCHER__": "x", "A": "b"})
    assert set(spec.environment()) == {"A", "PYTHONUNBUFFERED", "PYTHONIOENCODING"}


def test_the_first_words_tell_all_that_the_launcher_needs() -> None:
    words = first_words(replace(SPEC, queues=("fast",), loop="windows"))
    assert words == {
        "kind": "start",
        "node": "w1@box",
        "app": "shop.celery",
        "workdir": str(SPEC.workdir),
        "loglevel": "info",
        "queues": ["fast"],
        "broker": {},
        "plain": False,
        "hoards": False,
        "daemonic": False,
        "events": False,
        "loop": "windows",
        "debug_port": None,
        "argv": list(replace(SPEC, queues=("fast",)).command("w1@box")[2:]),
        "fleet": 1,
        "index": 0,
        "revoked": None,
        "spare": False,
        "hears": [],
    }


def test_one_worker_alone_runs_under_the_debugger() -> None:
    spec = replace(SPEC, debug=("w1@box", 5678))
    ports = [first_words(spec, node)["debug_port"] for node in ("w1@box", "w2@box", "calls")]
    assert ports == [5678, None, None]


def test_text_of_any_script_stays_on_one_line() -> None:
    line = as_line({"text": "Zürich\n✓"})
    assert line.count(b"\n") == 1 and line.endswith(b"\n")
    assert json.loads(line) == {"text": "Zürich\n✓"}


def test_half_a_surrogate_pair_is_passed_on() -> None:
    """`os.listdir` gives such names, and `json.loads` makes them of an escape."""
    assert json.loads(as_line({"args": ["caf\udce9"]})) == {"args": ["caf\udce9"]}


ODD = ("/a b/python", "it's", "R&D", "50%")
QUOTED = ('["a"]', '{"x": "a&b|c>d"}', '5"', "R&D", "")


def test_a_command_typed_in_sh_gives_the_same_arguments() -> None:
    assert tuple(shlex.split(as_typed(ODD, "sh"))) == ODD


def test_a_command_typed_in_powershell_is_quoted_part_by_part() -> None:
    assert as_typed(ODD, "powershell") == "& '/a b/python' 'it''s' 'R&D' '50%'"


def test_quotes_and_empty_words_reach_a_program_from_every_powershell() -> None:
    start = "Start-Process -NoNewWindow -Wait 'solofleet'"
    argv = ("solofleet", "it's.add", "--args", '["a b"]', "")
    assert as_typed(argv, "powershell") == (start + """ 'it''s.add --args "[\\"a b\\"]" ""'""")
    assert as_typed(("solofleet", "a b\\"), "powershell") == start + """ '"a b\\\\"'"""


def test_signs_between_quotes_are_not_read_by_cmd() -> None:
    assert as_typed(('["a"]',), "cmd") == '[\\"a\\"]'
    assert as_typed(('["a&b"]', '5"', "R&D"), "cmd") == '[\\^"a^&b\\^"] 5\\^" "R&D"'


def test_a_command_typed_in_cmd_has_quotes_where_cmd_needs_them() -> None:
    assert as_typed(ODD, "cmd") == '"/a b/python" it\'s "R&D" 50%'


@pytest.mark.skipif(sys.platform != "win32", reason="cmd.exe")
def test_cmd_passes_the_same_arguments_on() -> None:
    import subprocess  # noqa: PLC0415

    show = "import sys; print(ascii(sys.argv[1:]))"
    line = as_typed((sys.executable, "-c", show, *ODD, *QUOTED), "cmd")
    said = subprocess.run(f'cmd /d /s /c "{line}"', capture_output=True, text=True, check=True)
    assert said.stdout.strip() == ascii([*ODD, *QUOTED])


def test_a_prefork_worker_is_that_of_production() -> None:
    command = replace(SPEC, mode=Mode.PREFORK, concurrency=4).command("w1@box")
    assert " ".join(command[1:]) == (
        "-m celery -A shop.celery worker --pool=prefork -c 4 -n w1@box --loglevel=info -E"
    )
