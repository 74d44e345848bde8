"""The log of one run of one worker on disk, in parts of bounded size.

A part that is full is closed and the next one is opened under a new number. Nothing is renamed:
on Windows a file that another program has open cannot be, nor can it be deleted; that is tried
again when the next part begins.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final
from zlib import crc32

import platformdirs

PART_BYTES: Final = 10 * 1024 * 1024
PARTS: Final = 5
FILES_PER_WORKER: Final = 20  # over all runs


def log_folder(project: str) -> Path:
    """Say where the logs of a project belong on this platform. Nothing is created."""
    return platformdirs.user_log_path("solofleet", appauthor=False) / file_stem(project)


def file_stem(name: str) -> str:
    """Turn any name into one that every file system takes: letters, digits, `_` and `-`.

    `worker1@host` becomes `worker1-host`; a name that loses more than that gets a checksum, so
    that two names never share files.
    """
    stem = re.sub(r"[^A-Za-z0-9_]+", "-", name)[:80].strip("-")
    return stem if stem == name.replace("@", "-") else f"{stem}-{crc32(name.encode()):08x}"


class RunLog:
    """Appends blocks to `WORKER-STARTED-runN-PART.log`; the file appears with the first block.

    The folder is made as needed; the files are for the user's eyes only (0600 on POSIX). When
    writing fails (disk full, no permission), `say` is told once and the run goes on without file.
    """

    def __init__(
        self,
        folder: Path,
        worker: str,
        run: int,
        *,
        started: datetime | None = None,
        say: Callable[[str], None] = lambda text: None,
        part_bytes: int = PART_BYTES,
        parts: int = PARTS,
        files_per_worker: int = FILES_PER_WORKER,
    ) -> None:
        started = started or datetime.now().astimezone()
        self._folder = folder
        self._worker = file_stem(worker)
        self._name = f"{self._worker}-{started:%Y%m%d-%H%M%S}-run{run}"
        self._say = say
        self._part_bytes = part_bytes
        self._parts = parts
        self._files_per_worker = files_per_worker
        self._part = 0
        self._room = 0
        self._file: BinaryIO | None = None
        self._given_up = False
        self.path: Path | None = None
        """The part that is written to; None before the first block."""

    def write(self, block: bytes) -> None:
        """Append a block; it is with the operating system when this returns."""
        if self._given_up:
            return
        try:
            file = self._file
            if file is None or self._room < len(block):
                file = self._next_part()
            file.write(block)
            file.flush()
            self._room -= len(block)
        except OSError as error:
            self._given_up = True
            self.close()
            where = self.path or self._folder
            self._say(f"no log file from here on: {error.strerror or error} ({where})")

    def close(self) -> None:
        """Close the file. Closing twice does no harm."""
        file, self._file = self._file, None
        if file:
            with suppress(OSError):  # what a full disk did not take is said by `write`
                file.close()

    def _next_part(self) -> BinaryIO:
        self.close()
        self._folder.mkdir(parents=True, exist_ok=True)
        while True:  # another Solofleet may have taken this name within the same second
            self._part += 1
            self.path = self._folder / f"{self._name}-{self._part:03}.log"
            with suppress(FileExistsError):
                self.path.touch(mode=0o600, exist_ok=False)
                break
        self._file = self.path.open("ab")
        self._room = self._part_bytes
        self._delete_old()
        return self._file

    def _delete_old(self) -> None:
        started = f"{'[0-9]' * 8}-{'[0-9]' * 6}"
        for pattern, kept in (
            (f"{self._name}-*.log", self._parts),
            (f"{self._worker}-{started}-run*.log", self._files_per_worker),
        ):
            for path in sorted(self._folder.glob(pattern), key=self._age)[:-kept]:
                with suppress(OSError):  # open elsewhere, on Windows
                    path.unlink()

    def _age(self, path: Path) -> list[int]:
        """Start, run and part of a file as numbers: as text, part 1000 comes before part 999."""
        return [int(number) for number in re.findall(r"\d+", path.stem[len(self._worker) :])]
