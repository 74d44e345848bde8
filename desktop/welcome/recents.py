"""The projects that were open lately, kept from run to run."""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, cast

from core.errors import FleetError
from core.settings.atomic import replace_text

MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Recent:
    """One project. `opened_at` is Unix seconds; no values of variables, no URLs."""

    path: str
    app: str
    workers: int
    opened_at: float

    @property
    def name(self) -> str:
        """The folder's own name."""
        return Path(self.path).name or self.path

    @property
    def there(self) -> bool:
        """Whether the folder can be found; asks the file system."""
        return Path(self.path).is_dir()


class Recents:
    """Keeps at most `MOST`, the latest first, in a JSON file. A file that is broken is no loss."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def read(self) -> tuple[Recent, ...]:
        """All of them."""
        try:
            stored: object = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return ()
        if not isinstance(stored, list):
            return ()
        items = (_recent(item) for item in cast("list[object]", stored))
        return tuple(item for item in items if item is not None)

    def knows(self, path: str) -> bool:
        """Whether this one was open before."""
        return any(_same(item.path, path) for item in self.read())

    def note(self, recent: Recent) -> None:
        """This one was just opened. Raises FleetError when the file cannot be written."""
        others = (item for item in self.read() if not _same(item.path, recent.path))
        self._write((recent, *others))

    def forget(self, path: str) -> None:
        """Take one off the list. Raises FleetError when the file cannot be written."""
        self._write(item for item in self.read() if not _same(item.path, path))

    def _write(self, items: Iterable[Recent]) -> None:
        text = json.dumps([asdict(item) for item in items][:MOST], indent=1)
        try:
            replace_text(self._file, text)
        except OSError as error:
            raise FleetError(
                f"the list of recent projects {self._file} could not be saved",
                error.strerror or str(error),
                "check the permissions of that folder; all else goes on working",
            ) from error


def _same(one: str, other: str) -> bool:
    return os.path.normcase(one) == os.path.normcase(other)


def _recent(item: object) -> Recent | None:
    match item:
        case {
            "path": str(path),
            "app": str(app),
            "workers": int(workers),
            "opened_at": float(at) | int(at),
        }:
            return Recent(path, app, workers, float(at))
        case _:
            return None
