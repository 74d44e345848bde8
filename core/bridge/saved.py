"""A file with the messages of a purged queue: where it lies, what it holds, whether it is whole.

It is written by `inside/purging.py`, one JSON object a line. First the header: project, broker
(its password masked), queue, key prefix, priority steps, how many messages (null until they are
all saved), and the token under which they were set aside. Then the messages, as `priority`, the
step whose list they lay in, and `data`, their bytes in base64; in each list the one that is taken
last comes first. At the end the SHA-256 of all lines before. It holds users' data: only its owner
may read it.
"""

import base64
import hashlib
import json
import re
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

from core.bridge.host import NoAnswer
from core.errors import USAGE, FleetError
from core.places import state_folder
from core.settings.atomic import replace_text

KIND: Final = "solofleet-purge"
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Saved:
    """What a file says of itself. `count` is None for a purge that was broken off before it had
    saved anything.
    """

    file: Path
    broker: str
    queue: str
    count: int | None


def file_for(project: str, queue: str, now: datetime, root: Path | None = None) -> Path:
    """A file that is not there yet, in the user's state folder; its folder is made.

    `project` is the name of the project's own folders. Raises FleetError.
    """
    folder = (root or state_folder()) / project
    name = re.sub(r"[^\w.-]+", "-", queue)
    file = folder / "purged" / f"{project}-{name}-{now:%Y%m%d-%H%M%S-%f}.jsonl"
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise FleetError(
            f"messages cannot be saved in {file.parent}",
            error.strerror or str(error),
            "name another place with --save FILE",
            exit_code=USAGE,
        ) from None
    return file


def read_saved(file: Path) -> Saved:
    """Check all of a file and give its header. Blocks, a second for some 100,000 messages.

    Raises FleetError when it cannot be read or is not as it was written.
    """
    digest = hashlib.sha256()
    count = 0
    try:
        with file.open("rb") as stream:
            first = stream.readline()
            saved = _header(file, first)
            digest.update(first)
            last: dict[str, Any] = {}
            for line in stream:
                if last:
                    raise _damaged(file, "it goes on behind its end")
                message = _object(file, line, count)
                if message.get("kind") == "end":
                    last = message
                    continue
                base64.b64decode(message["data"], validate=True)
                digest.update(line)
                count += 1
    except OSError as error:
        raise _unreadable(file, error.strerror or str(error)) from None
    except (ValueError, KeyError, TypeError):
        raise _damaged(file, f"its message {count + 1} cannot be read") from None
    if saved.count is None and not count and not last:
        return saved
    if not last:
        raise _damaged(file, f"it ends after {count} of {saved.count} messages")
    if count != saved.count or last.get("sha256") != digest.hexdigest():
        raise _damaged(file, "its checksum does not fit what is in it")
    return saved


def _header(file: Path, line: bytes) -> Saved:
    try:
        header = cast("dict[str, Any]", json.loads(line))
        if header["kind"] != KIND:
            raise ValueError
        if header["version"] != VERSION:
            raise _unreadable(file, "another version of Solofleet wrote it")
        count = header["count"]
        return Saved(
            file,
            broker=str(header["broker"]),
            queue=str(header["queue"]),
            count=None if count is None else int(count),
        )
    except (ValueError, KeyError, TypeError):
        raise _unreadable(file, "it is no file of `solofleet purge`") from None


def _object(file: Path, line: bytes, count: int) -> dict[str, Any]:
    if not line.endswith(b"\n"):
        raise _damaged(file, f"it breaks off in its message {count + 1}")
    message: object = json.loads(line)
    if not isinstance(message, dict):
        raise ValueError
    return cast("dict[str, Any]", message)


@contextmanager
def marked_restored(file: Path, *, again: bool) -> Generator[None]:
    """Note beside the file that its messages are being put back, before that is done.

    Raises FleetError when it says so already, unless `again`, or when it cannot be noted. When the
    block fails for sure the note goes; where nobody knows, it stays.
    """
    mark = file.with_name(f"{file.name}.restored")
    try:
        before = mark.read_text("utf-8") if mark.exists() else None
        if before is not None and not again:
            raise FleetError(
                f"{file} was restored already",
                before.strip(),
                "see `solofleet queues`; to put the same messages there once more: --again",
                exit_code=USAGE,
            )
        replace_text(mark, f"begun on {_now()}; whether it came to its end was not noted\n")
    except OSError as error:
        raise FleetError(
            f"it cannot be noted in {mark} that its messages are put back",
            f"{error.strerror or error}; without that they could be put back twice",
            "copy the file to where you may write, and restore it from there",
            exit_code=USAGE,
        ) from None
    try:
        yield
    except FleetError as error:
        if not isinstance(error, NoAnswer):
            mark.unlink() if before is None else replace_text(mark, before)
        raise
    replace_text(mark, f"its messages were put back on {_now()}\n")


def _now() -> str:
    return f"{datetime.now():%Y-%m-%d %H:%M:%S}"


def _unreadable(file: Path, why: str) -> FleetError:
    return FleetError(
        f"{file} cannot be restored", why, "name a file that a purge has saved", exit_code=USAGE
    )


def _damaged(file: Path, why: str) -> FleetError:
    return FleetError(
        f"{file} is damaged, and nothing was put back",
        why,
        "take an undamaged copy of it; each line is a message of its own, if you must save some",
        exit_code=USAGE,
    )
