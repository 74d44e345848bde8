"""The published schema is made of the table of keys, and judges as our reader does."""

import sys
import tomllib
from pathlib import Path

import pytest

from core.errors import FleetError
from core.settings.origin import Layer
from core.settings.schema import SCHEMA_FILE, schema, schema_text
from core.settings.tables import read_table

if sys.platform == "win32":
    pytest.skip(
        "the text is the same there, and what judges it is missing", allow_module_level=True
    )

import jsonschema

FINE = """\
app = "proj.celery:app"
workdir = "backend"
python = ".venv"
workers = 4
queues = ["fast", "slow"]
broker = "redis://user@localhost:6379/0"
loglevel = "INFO"
env-files = [".env", "dev.env"]
name = "worker%n@%h"
grace = 12.5
mode = "plain"
hoard = true

[groups.mail]
workers = 2
queues = "mail, post"
env = { SMTP_HOST = "localhost" }

[groups."a.b"]
"""


def test_the_published_file_is_the_one_that_is_made(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("accept"):
        SCHEMA_FILE.write_text(schema_text(), encoding="utf-8", newline="\n")
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text(), "pytest --accept"


def test_it_is_a_schema_that_tells_of_every_key() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    for name, key in schema()["properties"].items():
        assert key["title"] and key["description"], name
    assert schema()["properties"]["workers"]["default"] == 4
    assert {"enum": ["fleet", "plain", "prefork"]} in schema()["properties"]["mode"]["anyOf"]


def is_read(text: str) -> bool:
    """Whether our reader takes it without a word."""
    try:
        return not read_table(tomllib.loads(text), Layer.PROJECT, Path("x")).warnings
    except FleetError:
        return False


@pytest.mark.parametrize(
    "text",
    [
        *("", FINE, "queues = 'a,b'", "queues = []", "loglevel = ' Debug '", "grace = 0"),
        *("broker = 'builtin'", "broker = 'amqp://h'", "env_files = []", "mode = 'PREFORK'"),
        "[groups]",
    ],
)
def test_it_accepts_what_our_reader_accepts(text: str) -> None:
    assert is_read(text)
    jsonschema.validate(tomllib.loads(text), schema())


@pytest.mark.parametrize(
    "text",
    [
        *("app = 1", "app = ' '", "workers = '4'", "workers = true", "workers = 0", "workers = 65"),
        *("queues = [1]", "queues = 1", "queues = ['a', '']", "queues = 'a,,b'", "queues = ''"),
        *("broker = 'localhost'", "broker = 'redis://:hush@host:6379/0'", "broker = 1"),
        *("broker = 'https://token@host'", "broker = 'sentinel://a;redis://:hush@b'"),
        *("loglevel = 'loud'", "loglevel = 'info2'", "mode = 'solo'", "daemonic = 1"),
        *("grace = true", "grace = 'long'", "grace = -1", "grace = 86400"),
        *("worker = 1", "groups = 1", "[groups]\na = 1", "[groups.'a b']", "folder = 'x'"),
        *("[groups.a]\nmode = 'plain'", "[groups.a]\nworkers = 0", "[groups.a.env]\nA = 1"),
        *("[groups.a.env]\n'A B' = ''", "[groups.a.env]\nA = 'x\\u0000'", "[groups.a]\nenv = ''"),
    ],
)
def test_it_flags_what_our_reader_refuses_or_warns_of(text: str) -> None:
    text = text.replace("'x\\u0000'", '"x\\u0000"')
    assert not is_read(text)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(text), schema())
