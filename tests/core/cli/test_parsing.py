"""The command line, read."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from core.cli import parsing
from core.cli.arguments import Arguments
from core.cli.command import Command, Here
from core.cli.commands import all_commands
from core.cli.options import add_document, listed
from core.errors import USAGE
from core.workers.mode import Mode


def parse(argv: Sequence[str]) -> Arguments:
    return parsing.parse(argv, all_commands())


def refused(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    with pytest.raises(SystemExit) as caught:
        parse(argv)
    assert caught.value.code == USAGE
    said = capsys.readouterr()
    assert said.out == ""
    return said.err


def test_up_alone_means_this_folder_as_it_is() -> None:
    assert parse(["up"]) == Arguments("up")


def test_up_takes_all_that_a_fleet_can_be_told() -> None:
    assert parse(
        [
            *("up", "proj", "-n", "3", "-A", "a.b:c", "--python", "py", "--broker", "builtin"),
            *("-Q", "a,b", "--name", "w%i@%h", "-l", "DEBUG", "--grace", "5", "--plain", "--yes"),
            *("--hoard", "--daemonic", "--spare", "--group", "mail", "--group", "rest"),
            "-E",
            *("--send", "a.add", "--args", "[1]", "--kwargs", "{}", "--count", "2"),
            *("--queue", "q", "--countdown", "1.5", "--expires", "9", "--priority", "3"),
            *("--exit-when-done", "--timeout", "60", "--logs", "--json"),
        ]
    ) == Arguments(
        command="up",
        project="proj",
        app="a.b:c",
        python="py",
        broker="builtin",
        workers=3,
        name="w%i@%h",
        loglevel="debug",
        queues="a,b",
        group=["mail", "rest"],
        mode=Mode.PLAIN,
        hoard=True,
        daemonic=True,
        spare=True,
        events=True,
        grace=5.0,
        yes=True,
        task="a.add",
        args="[1]",
        count=2,
        queue="q",
        countdown=1.5,
        priority=3,
        expires=9.0,
        exit_when_done=True,
        timeout=60.0,
        logs=True,
        json=True,
    )


def test_flower_takes_where_to_serve_and_what_to_show() -> None:
    serve = ("--port", "5556", "--url-prefix", "/fl", "--open", "--show-password", "--json")
    assert parse(["flower", "proj", *serve]) == Arguments(
        command="flower",
        project="proj",
        open=True,
        port=5556,
        url_prefix="/fl",
        show_password=True,
        json=True,
    )


def test_options_may_come_before_the_project() -> None:
    assert parse(["up", "-n", "2", "--json", "proj"]).project == "proj"


@pytest.mark.parametrize(
    ("options", "port"), [((), None), (("--debug",), 5678), (("--debug", "9"), 9)]
)
def test_debug_has_a_usual_port(options: tuple[str, ...], port: int | None) -> None:
    assert parse(["up", *options]).debug == port


def test_the_demo_is_a_project_that_needs_nothing_of_this_machine() -> None:
    demo = parse(["demo", "--headless"])
    assert Path(demo.project, "celery_queue", "celery_app.py").is_file()
    assert (demo.broker, demo.workers, demo.tasks) == ("builtin", 4, 12)
    assert demo.app
    assert demo.python
    assert demo.exit_when_done


@pytest.mark.parametrize(
    ("words", "project", "task"), [(["t"], ".", "t"), (["proj", "t"], "proj", "t")]
)
def test_send_names_a_task_and_before_it_perhaps_a_project(
    words: list[str], project: str, task: str
) -> None:
    sent = parse(["send", *words, "--wait", "--timeout", "5"])
    assert (sent.project, sent.task, sent.wait, sent.timeout) == (project, task, True, 5.0)


def test_options_may_stand_between_project_and_task() -> None:
    sent = parse(["send", "proj", "--count", "2", "t"])
    assert (sent.project, sent.task, sent.count) == ("proj", "t", 2)


def test_send_takes_one_task(capsys: pytest.CaptureFixture[str]) -> None:
    assert "one project and one task, not a b c" in refused(capsys, "send", "a", "b", "c")


@pytest.mark.parametrize("command", ["tasks", "ps", "status", "queues", "parity"])
def test_what_shows_something_is_about_one_project(command: str) -> None:
    assert parse([command, "proj", "--json"]) == Arguments(command, project="proj", json=True)


@pytest.mark.parametrize("command", ["ps", "status", "queues"])
def test_who_asks_workers_says_how_patiently(command: str) -> None:
    assert parse([command, "--timeout", "5"]).timeout == 5.0


def test_inspect_takes_a_question_and_whom_to_ask() -> None:
    options = ("--destination", "a@b,c@d", "--timeout", "2", "--ids", "x,y", "--json")
    assert parse(["inspect", "proj", "query_task", *options]) == Arguments(
        command="inspect",
        project="proj",
        what="query_task",
        destination="a@b,c@d",
        ids="x,y",
        timeout=2.0,
        json=True,
    )


def test_purge_and_restore_take_a_queue_and_a_file() -> None:
    purge = parse(["purge", "proj", "q", "--yes", "--save", "f", "--broker", "redis://x"])
    assert (purge.project, purge.queue, purge.yes, purge.save) == ("proj", "q", True, "f")
    restore = parse(["restore", "f.jsonl", "--again", "--yes"])
    assert (restore.project, restore.file, restore.again) == (".", "f.jsonl", True)


@pytest.mark.parametrize(
    ("words", "project", "ids"),
    [
        (["a"], ".", "a"),
        (["a,b"], ".", "a,b"),
        (["a", "b", "c"], ".", "a,b,c"),
        (["HERE", "a", "b,c"], "HERE", "a,b,c"),
        (["HERE", "--terminate", "a", "--json", "b"], "HERE", "a,b"),
    ],
)
def test_revoke_takes_ids_and_before_them_perhaps_a_folder(
    words: list[str], project: str, ids: str, tmp_path: Path
) -> None:
    typed = parse(["revoke", *(word.replace("HERE", str(tmp_path)) for word in words)])
    assert (typed.project, typed.ids) == (project.replace("HERE", str(tmp_path)), ids)
    assert (typed.terminate, typed.signal) == ("--terminate" in words, "SIGTERM")


def test_a_signal_is_one_that_workers_know(capsys: pytest.CaptureFixture[str]) -> None:
    assert parse(["revoke", "a", "--signal", "kill"]).signal == "SIGKILL"
    assert "SIGNAL is not one of SIGTERM" in refused(capsys, "revoke", "a", "--signal", "SIGNAL")


def test_revoke_refuses_options_that_there_are_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert "one project and one id, not a --nope" in refused(capsys, "revoke", "a", "--nope")


@pytest.mark.parametrize(
    ("argv", "part"),
    [
        (("fly",), "invalid choice: 'fly'"),
        (("up", "--nope"), "unrecognized arguments: --nope"),
        (("send", "t", "--nope"), "not t --nope"),
        (("up", "-n", "0"), "0 is not between 1 and 64"),
        (("up", "-n", "many"), "invalid number value: 'many'"),
        (("up", "--count", "100001"), "100001 is not between 1 and 100000"),
        (("up", "--timeout", "soon"), "soon is not a number of seconds"),
        (("up", "--timeout", "-1"), "-1"),
        (("up", "--grace", "nan"), "nan is not a number of seconds"),
        (("up", "-l", "loud"), "invalid choice: 'loud'"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    argv: tuple[str, ...], part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(capsys, *argv)
    assert part in said
    assert "--help" in said


def test_nothing_typed_shows_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(capsys)
    for command in ("demo", "up", "send", "tasks"):
        assert command in said


def test_version_and_help_are_no_errors(capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--version", "--help"):
        with pytest.raises(SystemExit) as caught:
            parse([option])
        assert caught.value.code == 0
        assert "solofleet" in capsys.readouterr().out


def test_there_is_one_mode(capsys: pytest.CaptureFixture[str]) -> None:
    assert parse(["up", "--prefork"]).mode is Mode.PREFORK
    assert parse(["up"]).mode is None
    assert "not allowed with argument" in refused(capsys, "up", "--plain", "--prefork")


def test_rows_are_named_or_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert parse(["up", "--rows", "web,beat"]).rows == "web,beat"
    assert parse(["up", "--rows="]).rows == ""
    assert parse(["up", "--all-rows", "--reload"]).reload is True
    assert "not allowed with argument" in refused(capsys, "up", "--rows", "web", "--all-rows")


async def nothing(_: Here) -> int:
    return 0


FAMILY = (
    Command("up", "one word", add_document, nothing),
    Command("render check", "two words", add_document, nothing),
    Command("render size", "two words too", add_document, nothing),
)


def test_a_command_of_two_words_is_found_under_the_first() -> None:
    assert parsing.parse(["render", "check", "proj"], FAMILY) == Arguments(
        "render check", project="proj"
    )


@pytest.mark.parametrize("argv", [["render"], ["render", "nope"], ["check"]])
def test_half_a_command_is_refused_with_what_there_is(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        parsing.parse(argv, FAMILY)
    assert caught.value.code == USAGE
    assert "see: solofleet" in capsys.readouterr().err


def test_lists_are_read_between_commas() -> None:
    assert listed(" a, b,,a ") == ("a", "b")


def test_spaces_after_commas_belong_to_no_queue_and_to_no_row() -> None:
    typed = parse(["up", "-Q", "mail, big jobs", "--rows", "web, beat"])
    nothing = cast("Any", None)
    wishes = Here(typed, nothing, nothing, {}).wishes
    assert wishes.queues == ("mail", "big jobs")
    assert wishes.rows == ("web", "beat")


def test_who_types_what_a_command_does_not_have_is_shown_what_it_has(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = refused(capsys, "settings", ".", "--fly")
    assert said.startswith("usage: solofleet settings")
    assert said.endswith("unrecognized arguments: --fly\n  see: solofleet settings --help\n")
