"""Every key that a settings file or a variable may have: the one table of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.render.choices import CHOICES_SCHEMA, choices_in_text, read_choices
from core.rows.declared import ROWS_SCHEMA, read_rows, rows_in_text
from core.settings.kinds import (
    BROKER,
    COUNT,
    FLAG,
    SECONDS,
    VARIABLES,
    Kind,
    choice,
    text,
    texts,
)
from core.workers.mode import Mode
from core.workers.names import DEFAULT_TEMPLATE
from core.workers.policy import Policy

LOG_LEVELS: Final = ("debug", "info", "warning", "error", "critical")
MODES: Final = tuple(Mode)
DEFAULT_WORKERS: Final = 4
GROUP_WORKERS: Final = 1
"""How many workers a group has that does not say."""
GROUPS: Final = "groups"
"""The table of worker groups, each a table under its name."""
PREFIX: Final = "SOLOFLEET_"


@dataclass(frozen=True, slots=True)
class Key:
    """One setting. `default` is what holds when nobody says, None where that is found out.

    `field` is its name in `Settings`. `for_all`: it makes sense for all projects of a person.
    """

    name: str
    kind: Kind
    help: str
    default: object = None
    for_all: bool = False
    unit: str = ""

    @property
    def field(self) -> str:
        """Its name in `Settings`, with the unit."""
        return f"{self.name}_{self.unit}" if self.unit else self.name

    @property
    def variable(self) -> str:
        """The environment variable that says the same."""
        return PREFIX + self.name.upper()


ROWS: Final = Kind("a table of commands", read_rows, ROWS_SCHEMA, rows_in_text)
RENDER: Final = Kind("a table of choices", read_choices, CHOICES_SCHEMA, choices_in_text)


def _table(*keys: Key) -> Mapping[str, Key]:
    return {key.name: key for key in keys}


KEYS: Final = _table(
    Key("app", text('text such as "package.module:attribute"'), "the Celery app, as for celery -A"),
    Key("workdir", text("the text of a folder"), "the folder that workers are started in"),
    Key(
        "python",
        text("the text of a path to an interpreter"),
        "the interpreter or virtual environment that runs the app",
    ),
    Key("workers", COUNT, "how many workers", DEFAULT_WORKERS, for_all=True),
    Key("queues", texts("a list of names"), "the queues to consume from; none: the app's own"),
    Key(
        "broker",
        BROKER,
        '"builtin", or a URL without a password, in place of the app\'s own',
        for_all=True,
    ),
    Key("loglevel", choice(LOG_LEVELS), "how much workers log", "info", for_all=True),
    Key(
        "env_files",
        texts("a list of files"),
        "the files with variables for the app, in order of rank; by default .env.local and .env",
    ),
    Key(
        "name",
        text('text such as "worker%n@%h"'),
        "the template of node names: %i the number, %h the host, %n and %d its parts",
        DEFAULT_TEMPLATE,
        for_all=True,
    ),
    Key(
        "grace",
        SECONDS,
        "how many seconds a worker that is stopped may go on with its task",
        Policy().grace_s,
        for_all=True,
        unit="s",
    ),
    Key(
        "long_task",
        SECONDS,
        "from how many seconds on a task is told of when it ends while nobody looks at the window",
        30.0,
        for_all=True,
        unit="s",
    ),
    Key("mode", choice(MODES), "how workers are run", str(Mode.FLEET), for_all=True),
    Key(
        "hoard",
        FLAG,
        "take worker_prefetch_multiplier messages ahead, as prefork does",
        False,
        for_all=True,
    ),
    Key("daemonic", FLAG, "refuse multiprocessing in tasks, as prefork does", False, for_all=True),
    Key("spare", FLAG, "keep an imported process ready for replacements", False, for_all=True),
    Key("rows", ROWS, "commands beside the workers: a text, or a table, under each name"),
    Key("rows_with_up", texts("a list of rows"), "the rows that are started without --rows"),
    Key("render", RENDER, "what was chosen for Render, as `solofleet render blueprint` saves it"),
)

GROUP_KEYS: Final = _table(
    Key("workers", COUNT, "how many workers the group has", GROUP_WORKERS),
    KEYS["queues"],
    KEYS["loglevel"],
    Key("env", VARIABLES, "plain variables of its workers, over all others; no secrets"),
    Key("name", KEYS["name"].kind, "the template of node names; by default GROUP%i@%h"),
    KEYS["hoard"],
    KEYS["daemonic"],
    KEYS["spare"],
)
