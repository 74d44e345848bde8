"""What is said of a trial."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.changes import BrokerKnown
from core.project.env_files import EnvValue
from core.project.finding import Part
from core.project.interpreter import Interpreter
from core.secret import Secret
from core.setup.trial import State, Trial
from desktop.setup.words import (
    MASK,
    Said,
    app_labels,
    interpreter_label,
    masked,
    said_of,
    short,
    source,
    verdict,
    versions_line,
)
from tests.support.trials import APPS, ENV, OTHER, PYTHON, ROOT, VERSIONS, faulty, working


def test_nothing_is_said_before_the_folder_was_looked_at() -> None:
    for part in Part:
        assert said_of(part, Trial(ROOT)) == Said()


def test_each_part_says_what_was_found_and_where() -> None:
    trial = working()
    assert said_of(Part.FOLDER, trial).detail == "workers start in this folder"
    app = said_of(Part.APP, trial)
    assert app == Said("2 tasks, 1 queue (celery)", f"{Path('shop', 'celery.py')}:4")
    interpreter = said_of(Part.INTERPRETER, trial)
    assert interpreter.detail.startswith("Python 3.12.8   Celery 5.5.3   kombu 5.5.4")
    assert interpreter.origin == ".venv"
    assert "Valkey 9.1" in said_of(Part.BROKER, trial).detail
    assert said_of(Part.VARIABLES, trial).detail == "2 names, values masked"
    assert said_of(Part.WORKERS, trial).detail == "the default"


def test_lines_of_variables_that_were_left_out_are_told_at_the_top() -> None:
    trial = working()
    assert trial.found is not None
    found = replace(trial.found, env_notes=(".env:2 is not NAME=value, so it is left out",))
    said = said_of(Part.VARIABLES, replace(trial, found=found))
    assert said.detail == "2 names, values masked; 1 note below"


def test_an_app_that_was_not_imported_yet_says_why_it_is_likely() -> None:
    trial = replace(working(), states={Part.APP: State.TRYING})
    assert said_of(Part.APP, trial).detail == "app is made by Celery(…)"


def test_a_broker_of_others_is_told_with_its_latency() -> None:
    known = BrokerKnown("redis://:***@shop.example:6379/0", False, "the project's broker", 38.04)
    said = said_of(Part.BROKER, replace(working(), broker=known, local=False))
    assert "shared" in said.detail
    assert said.origin == "38.0 ms"


def test_what_is_not_installed_is_said() -> None:
    assert versions_line(replace(VERSIONS, redis=None)).endswith("no redis")


def test_interpreters_are_told_apart_by_place_and_celery() -> None:
    label = interpreter_label(working().interpreters[0], VERSIONS, ROOT)
    assert label == f"{PYTHON.relative_to(ROOT)}  (Python 3.12.8, Celery 5.5.3)"
    assert interpreter_label(working().interpreters[1], None, ROOT) == str(OTHER)


def test_apps_of_one_name_say_their_folder() -> None:
    assert app_labels(APPS, ROOT) == ("shop.celery", "worker")
    twins = (APPS[1], replace(APPS[1], workdir=ROOT / "new"))
    assert app_labels(twins, ROOT) == ("worker  in old", "worker  in new")


def test_a_path_in_the_project_is_short() -> None:
    assert short(ROOT / "a", ROOT) == "a"
    assert short(OTHER, ROOT) == str(OTHER)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("hush", MASK),
        ("a-much-longer-value", MASK),
        ("", "(empty)"),
        ("redis://:hush@box:6379/0", "redis://••••@box"),
        ("https://hooks.example/services/hush", "https://hooks.example"),
        ("redis://[hush", MASK),
    ],
)
def test_a_value_tells_nothing_but_scheme_and_host(text: str, shown: str) -> None:
    assert masked(EnvValue("X", Secret(text), ".env:1")) == shown


def test_a_variable_says_its_place() -> None:
    assert [source(each, ROOT) for each in ENV] == ["environment, wins over .env:9", ".env:4"]


def test_the_verdict_names_what_is_to_fix_or_still_to_come() -> None:
    assert verdict(working()) == ("", "")
    assert verdict(faulty()) == ("1 thing to fix", "Look at: broker")
    trying = replace(working(), states={**working().states, Part.APP: State.TRYING})
    assert verdict(trying) == ("Trying it out", "Still to come: Celery app")


def test_an_interpreter_of_the_settings_says_in_which_file() -> None:
    trial = working()
    assert trial.found is not None
    origin = f"python in {ROOT / 'solofleet.toml'} {PYTHON}"
    found = replace(trial.found, interpreter=Interpreter(PYTHON, origin))
    told = said_of(Part.INTERPRETER, replace(trial, found=found))
    assert told.origin == "python in solofleet.toml"
