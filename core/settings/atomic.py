"""Replacing a file as a whole: whoever reads it sees the old one or the new one."""

import os
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

BUSY_S: Final = 1.0
"""How long another program may have the file open on Windows, as scanners and editors do."""
_PAUSE_S: Final = 0.02


def replace_text(file: Path, text: str, *, busy_s: float = BUSY_S, lasting: bool = True) -> None:
    """Write `text` in UTF-8, line ends as they are. Blocks, and raises, as `replace_bytes`."""
    replace_bytes(file, text.encode(), busy_s=busy_s, lasting=lasting)


def replace_bytes(file: Path, data: bytes, *, busy_s: float = BUSY_S, lasting: bool = True) -> None:
    """Write `data`; the folder is made as needed. Blocks.

    `lasting`: the new data is with the disk before it takes the old one's place, so that a crash of
    the machine leaves one of them; it takes some milliseconds, and tens on a slow disk. A link
    stays a link. Raises OSError, and then the file is as it was.
    """
    file = Path(os.path.realpath(file))
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, fresh = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".new", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            if lasting:
                stream.flush()
                os.fsync(stream.fileno())
        _keep_mode(file, fresh)
        _replace(fresh, file, busy_s)
    except BaseException:  # Ctrl+C too: no half of a file is left beside it
        with suppress(OSError):
            os.unlink(fresh)  # noqa: PTH108
        raise


def _keep_mode(file: Path, fresh: str) -> None:
    if sys.platform != "win32":
        with suppress(FileNotFoundError):
            os.chmod(fresh, file.stat().st_mode & 0o777)  # noqa: PTH101


def _replace(fresh: str, file: Path, busy_s: float) -> None:
    """Windows refuses with ERROR_ACCESS_DENIED or ERROR_SHARING_VIOLATION while it is open."""
    deadline = time.monotonic() + busy_s
    while True:
        try:
            os.replace(fresh, file)  # noqa: PTH105
        except PermissionError:
            if sys.platform != "win32" or time.monotonic() >= deadline:
                raise
        else:
            return
        time.sleep(_PAUSE_S)
