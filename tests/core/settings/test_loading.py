from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import FAILED, USAGE, FleetError
from core.secret import Secret
from core.settings import Settings, load_settings
from core.settings.origin import Layer, Origin

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

    settings = load_settings(tmp_path)

    assert set(settings.origins.values()) == {Origin(Layer.PROJECT, str(file))}
    assert replace(settings, origins={}) == Settings(
        app="proj.celery:app",
        workdir="backend",
        python=".venv",
        workers=4,
        queues=("fast", "slow"),
        broker=Secret("redis://localhost:6379/0"),
        loglevel="info",
        env_files=(".env", "dev.env"),
        name="worker%n@%h",
        grace_s=12.5,
        mode="plain",
        hoard=True,
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

    assert load_settings(tmp_path).broker == Secret("builtin")


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

    def refuse(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)

    error = refusal(tmp_path)
    assert (error.what, error.why) == (f"{file} could not be read", "Permission denied")
    assert error.exit_code == FAILED


# --- Layers ---


def test_the_nearer_layer_wins_and_each_value_tells_its_place(tmp_path: Path) -> None:
    write(tmp_path, "app = 'x'\nworkers = 3\nloglevel = 'error'\ngrace = 3\n")
    user = write(tmp_path, "workers = 2\nloglevel = 'info'\ngrace = 2\nspare = true\n", "user.toml")
    local = write(tmp_path, "workers = 4\nloglevel = 'debug'\n", "local.toml")
    environ = {"SOLOFLEET_WORKERS": "5"}

    settings = load_settings(tmp_path, environ, user=user, local=local)

    assert settings.workers == 5
    assert settings.where("workers") == "SOLOFLEET_WORKERS"
    assert (settings.loglevel, settings.grace_s, settings.spare) == ("debug", 3.0, True)
    assert settings.where("loglevel") == f"loglevel in {local}"
    assert settings.where("grace") == f"grace in {tmp_path / 'solofleet.toml'}"
    assert settings.where("spare") == f"spare in {user}"
    assert settings.where("mode") == "the default"
    assert settings.warnings == ()


def test_files_of_other_layers_need_not_be_there(tmp_path: Path) -> None:
    gone = tmp_path / "gone.toml"
    assert load_settings(tmp_path, {}, user=gone, local=gone) == Settings()


def test_an_unknown_setting_is_told_in_every_layer(tmp_path: Path) -> None:
    user = write(tmp_path, "worker = 1\n", "user.toml")
    project = write(tmp_path, "worker = 1\n")
    local = write(tmp_path, "worker = 1\n", "local.toml")

    settings = load_settings(tmp_path, {"SOLOFLEET_WORKER": "1"}, user=user, local=local)

    assert settings.warnings == (
        *(f"{f}: unknown setting worker; did you mean workers?" for f in (user, project, local)),
        "unknown variable SOLOFLEET_WORKER; did you mean SOLOFLEET_WORKERS?",
    )


def test_a_local_file_of_another_folder_is_not_used(tmp_path: Path) -> None:
    other = tmp_path / "other"
    local = write(tmp_path, f"folder = '{other}'\nworkers = 9\n", "local.toml")

    settings = load_settings(tmp_path, local=local)

    assert settings.workers is None
    assert settings.warnings == (f"{local} is not used: it belongs to {other}",)


def test_a_local_file_of_this_folder_is_used(tmp_path: Path) -> None:
    local = write(tmp_path, f"folder = '{tmp_path}'\nworkers = 9\n", "local.toml")

    settings = load_settings(tmp_path, local=local)

    assert (settings.workers, settings.warnings) == (9, ())


def test_a_machine_changes_a_group_of_the_project_key_by_key(tmp_path: Path) -> None:
    write(tmp_path, "[groups.mail]\nworkers = 3\nqueues = ['mail']\n[groups.rest]\n")
    local = write(tmp_path, "[groups.mail]\nworkers = 1\n", "local.toml")

    mail, rest = load_settings(tmp_path, local=local).groups

    assert {key: found.value for key, found in mail.said.items()} == {
        "workers": 1,
        "queues": ("mail",),
    }
    assert mail.said["workers"].origin == Origin(Layer.LOCAL, str(local))
    assert (rest.name, rest.said) == ("rest", {})


def test_rows_are_read_with_those_that_come_unasked(tmp_path: Path) -> None:
    (tmp_path / "solofleet.toml").write_text(
        'rows-with-up = ["web"]\n[rows]\nweb = "uvicorn main:app"\n'
        'beat = {command = "b", port = 1}\n'
    )
    settings = load_settings(tmp_path)
    assert [(row.name, row.command, row.port) for row in settings.rows] == [
        ("web", "uvicorn main:app", None),
        ("beat", "b", 1),
    ]
    assert settings.rows_with_up == ("web",)


def test_rows_that_are_no_table_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "solofleet.toml").write_text('rows = "web"')
    with pytest.raises(FleetError, match="the setting rows is wrong"):
        load_settings(tmp_path)


def test_of_keys_that_are_left_out_this_machine_says_nothing(tmp_path: Path) -> None:
    write(tmp_path, "workers = 2\n")
    local = write(tmp_path, "workers = 9\nloglevel = 'debug'\n", "local.toml")

    settings = load_settings(tmp_path, local=local, leave_out=("workers",))

    assert (settings.workers, settings.loglevel) == (2, "debug")
