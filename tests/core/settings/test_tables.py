import tomllib
from pathlib import Path

import pytest

from core.errors import USAGE, FleetError
from core.settings.merged import Reading
from core.settings.origin import Layer
from core.settings.tables import nearest, read_table

FILE = Path("solofleet.toml")
GROUPS = """\
[groups.mail]
workers = 2
queues = ["mail"]
loglevel = "debug"
env = { SMTP_HOST = "localhost" }
name = "post%i@%h"
hoard = true

[groups.rest]
"""


def read(text: str, layer: Layer = Layer.PROJECT) -> Reading:
    return read_table(tomllib.loads(text), layer, FILE)


def refusal(text: str, layer: Layer = Layer.PROJECT) -> FleetError:
    with pytest.raises(FleetError) as caught:
        read(text, layer)
    assert caught.value.exit_code == USAGE
    return caught.value


def test_groups_are_read_in_their_order() -> None:
    groups = read(GROUPS).groups
    assert {name: {k: f.value for k, f in group.items()} for name, group in groups.items()} == {
        "mail": {
            "workers": 2,
            "queues": ("mail",),
            "loglevel": "debug",
            "env": {"SMTP_HOST": "localhost"},
            "name": "post%i@%h",
            "hoard": True,
        },
        "rest": {},
    }
    assert list(groups) == ["mail", "rest"]


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("group = 1", "unknown setting group; did you mean groups?"),
        ("[groups.a]\nworker = 1", "unknown setting groups.a.worker; did you mean workers?"),
        (
            "[groups.a]\nmode = 'plain'",
            "groups.a.mode is not used; mode is for the project, not for one group",
        ),
        ("folder = '/x'", "unknown setting folder; did you mean mode?"),
    ],
)
def test_what_is_not_known_there_is_told(text: str, warning: str) -> None:
    assert read(text).warnings[0].startswith(f"{FILE}: {warning}")


@pytest.mark.parametrize("text", ["app = 'x'", "workdir = 'x'", "queues = []", "[groups.a]"])
def test_what_belongs_to_one_project_is_not_taken_from_a_persons_own(text: str) -> None:
    reading = read(text, Layer.USER)
    assert (reading.values, reading.groups) == ({}, {})
    assert "is not used; it belongs to one project" in reading.warnings[0]


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("groups = 1", "groups", "a table with a table for each group"),
        ("[groups]\na = 1", "groups.a", "a table"),
        ("[groups.a]\nworkers = 0", "groups.a.workers", "a whole number"),
        ("[groups.a]\nqueues = 1", "groups.a.queues", "a list of names"),
        ("[groups.a.env]\nA = 1", "groups.a.env", "values are text"),
        ("[groups.a.env]\n'A B' = 'x'", "groups.a.env", "values are text"),
    ],
)
def test_a_wrong_value_in_a_group_is_named_with_its_path(
    text: str, key: str, expected: str
) -> None:
    error = refusal(text)
    assert error.what == f"{FILE}: the setting {key} is wrong"
    assert expected in error.why


def test_no_value_of_a_table_of_variables_is_shown() -> None:
    assert "hush" not in str(refusal("[groups.a.env]\nPASSWORD = 'hush'\nA = 1"))


@pytest.mark.parametrize("name", ["a b", "a@b", "ü%", "a/b"])
def test_a_group_has_a_name_that_nodes_can_have(name: str) -> None:
    error = refusal(f"[groups.'{name}']")
    assert repr(name) in error.what
    assert "node names" in error.why


@pytest.mark.parametrize("layer", [Layer.PROJECT, Layer.LOCAL])
@pytest.mark.parametrize(
    "line",
    [
        "API_KEY = 'hush'",
        "DB_PASSWORD = 'hush'",
        "DATABASE = 'postgres://me:hush@host/db'",
        "HOOK = 'https://host/?token=hush'",
    ],
)
def test_a_secret_in_a_group_is_refused_without_telling_it(line: str, layer: Layer) -> None:
    error = refusal(f"[groups.mail.env]\n{line}", layer)
    assert error.what == (
        f"{FILE}: groups.mail.env sets {line.split()[0]}, which looks like a secret"
    )
    assert ".env file" in error.fix
    assert "hush" not in str(error)


def test_a_variable_that_only_sounds_secret_may_be_emptied() -> None:
    assert read("[groups.mail.env]\nAPI_KEY = ''").groups["mail"]["env"].value == {"API_KEY": ""}


def test_a_group_has_no_broker_of_its_own() -> None:
    error = refusal("[groups.mail.env]\nCELERY_BROKER_URL = 'redis://other'")
    assert "on one broker" in error.why


def test_the_nearest_word_is_named_or_all() -> None:
    assert nearest("quue", ("queue", "name")) == "did you mean queue?"
    assert nearest("zzz", ("queue", "name")) == "known are queue, name."
