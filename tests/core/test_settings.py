from pathlib import Path

import pytest

from core.errors import FAILED, USAGE, FleetError
from core.settings import Settings, load_settings

EVERYTHING = """\
app = "proj.celery:app"
workdir = "backend"
python = ".venv"
workers = 4
queues = ["fast", "slow"]
broker = "redis://localhost:6379/0"
loglevel = "INFO"
env-files = [".env", "dev.env"]
name = "worker%n@%h"
grace = 12.5
mode = "plain"
hoard = true
"""


def write(root: Path, text: str | bytes, name: str = "solofleet.toml") -> Path:
    file = root / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def refusal(root: Path) -> FleetError:
    with pytest.raises(FleetError) as caught:
        load_settings(root)
    return caught.value


def test_a_project_need_not_say_anything(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()

    write(tmp_path, "[project]\nname = 'x'\n", "pyproject.toml")
    assert load_settings(tmp_path) == Settings()


@pytest.mark.parametrize("name", ["solofleet.toml", "pyproject.toml"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_every_setting_is_read_from_either_file(tmp_path: Path, name: str, start: str) -> None:
    table = "[tool.solofleet]\n" if name == "pyproject.toml" else ""
    file = write(tmp_path, start + table + EVERYTHING.replace("\n", "\r\n"), name)

    assert load_settings(tmp_path) == Settings(
        app="proj.celery:app",
        workdir="backend",
        python=".venv",
        workers=4,
        queues=("fast", "slow"),
        broker="redis://localhost:6379/0",
        loglevel="info",
        env_files=(".env", "dev.env"),
        name="worker%n@%h",
        grace_s=12.5,
        mode="plain",
        hoard=True,
        source=file,
    )


def test_lists_may_be_written_as_text(tmp_path: Path) -> None:
    write(tmp_path, "queues = 'fast, slow'\nenv_files = []\n")

    settings = load_settings(tmp_path)

    assert (settings.queues, settings.env_files) == (("fast", "slow"), ())


def test_solofleet_toml_wins_and_the_other_is_said_to_be_ignored(tmp_path: Path) -> None:
    write(tmp_path, "workers = 2\n")
    shared = write(tmp_path, "[tool.solofleet]\nworkers = 3\napp = 'x'\n", "pyproject.toml")

    settings = load_settings(tmp_path)

    assert (settings.workers, settings.app) == (2, None)
    assert settings.warnings == (
        f"solofleet.toml is used; [tool.solofleet] in {shared} is ignored.",
    )


@pytest.mark.parametrize(
    ("key", "hint"),
    [("worker", "did you mean workers?"), ("log-level", "did you mean loglevel?")],
)
def test_an_unknown_setting_is_a_warning_with_the_nearest_known(
    tmp_path: Path, key: str, hint: str
) -> None:
    file = write(tmp_path, f"{key} = 1\nspare = false\n")

    assert load_settings(tmp_path).warnings == (f"{file}: unknown setting {key}; {hint}",)


def test_an_unknown_setting_like_no_other_is_answered_with_all(tmp_path: Path) -> None:
    write(tmp_path, "zzz = 1\n")

    assert "known are app, workdir, python" in load_settings(tmp_path).warnings[0]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("app = 1", "text"),
        ("app = ' '", "text"),
        ("workers = '4'", "a whole number from 1 to 64"),
        ("workers = true", "a whole number"),
        ("workers = 0", "a whole number"),
        ("workers = 4.0", "a whole number"),
        ("queues = [1]", "a list of names"),
        ("queues = 1", "a list of names"),
        ("queues = ['a', '']", "a list of names"),
        ("broker = 'localhost'", '"builtin" or a URL'),
        ("loglevel = 'loud'", "one of debug, info"),
        ("grace = true", "a number of seconds"),
        ("grace = 'long'", "a number of seconds"),
        ("grace = -1", "a number of seconds"),
        ("grace = nan", "a number of seconds"),
        ("daemonic = 1", "true or false"),
        ('mode = "solo"', "one of fleet, plain, prefork"),
    ],
)
def test_a_value_of_a_wrong_type_is_an_error_with_file_and_key(
    tmp_path: Path, line: str, expected: str
) -> None:
    file = write(tmp_path, line)

    error = refusal(tmp_path)

    assert error.what == f"{file}: the setting {line.split()[0]} is wrong"
    assert expected in error.why
    assert error.exit_code == USAGE


def test_the_built_in_broker_can_be_set(tmp_path: Path) -> None:
    write(tmp_path, "broker = 'builtin'\n")

    assert load_settings(tmp_path).broker == "builtin"


@pytest.mark.parametrize(
    "url",
    ["redis://:hush@host:6379/0", "rediss://user:hush@host", "sentinel://a;redis://:hush@b"],
)
def test_a_broker_with_a_password_is_refused_without_telling_it(tmp_path: Path, url: str) -> None:
    write(tmp_path, f"broker = '{url}'\n")

    error = refusal(tmp_path)

    assert "holds a password" in error.what
    assert "hush" not in str(error)
    assert "CELERY_BROKER_URL" in error.fix


def test_text_that_is_no_toml_is_an_error_with_the_place(tmp_path: Path) -> None:
    file = write(tmp_path, "workers = \n")

    error = refusal(tmp_path)

    assert error.what == f"{file} is not valid TOML"
    assert "line 1" in error.why


def test_a_broken_pyproject_matters_only_if_it_speaks_of_solofleet(tmp_path: Path) -> None:
    write(tmp_path, "[tool\n", "pyproject.toml")
    assert load_settings(tmp_path) == Settings()

    write(tmp_path, "[tool.solofleet\n", "pyproject.toml")
    assert "is not valid TOML" in refusal(tmp_path).what


def test_a_mention_of_solofleet_elsewhere_is_no_setting(tmp_path: Path) -> None:
    write(tmp_path, "[dependency-groups]\ndev = ['solofleet']\n", "pyproject.toml")
    assert load_settings(tmp_path) == Settings()

    write(tmp_path, "tool = 'solofleet'\n", "pyproject.toml")
    assert load_settings(tmp_path) == Settings()


def test_settings_that_are_no_table_are_an_error(tmp_path: Path) -> None:
    write(tmp_path, "[tool]\nsolofleet = 1\n", "pyproject.toml")

    assert "must be a table" in refusal(tmp_path).why


def test_a_file_in_another_encoding_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, "app = 'ü'\n".encode("cp1252"))

    assert "TOML is UTF-8, and byte 7 is not" in refusal(tmp_path).why


def test_a_file_that_cannot_be_read_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path, "")

    def refuse(*_: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)

    error = refusal(tmp_path)
    assert (error.what, error.why) == (f"{file} could not be read", "Permission denied")
    assert error.exit_code == FAILED
