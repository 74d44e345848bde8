"""A purge that is broken off leaves the queue as it was, or says where its messages are."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from core.bridge.calls import Calls
from core.bridge.host import NoAnswer
from core.bridge.purging import purge
from core.errors import UNAVAILABLE, FleetError
from tests.support.saved import lines


class Inside:
    """Leaves a file in the state that `content` has, and then does what is `played`."""

    def __init__(self, content: list[bytes], played: BaseException | int, aside: int = 0) -> None:
        self.content, self.played, self.aside = content, played, aside
        self.trouble: FleetError | None = None
        self.asked: list[str] = []

    async def call(self, kind: str, *, deadline_s: float, **fields: Any) -> Mapping[str, Any]:
        self.asked.append(kind)
        if kind == "restore":
            assert fields["aside_only"]
            if self.trouble is not None:
                raise self.trouble
            return {"restored": self.aside, "source": "aside"}
        if self.content:
            Path(fields["file"]).write_bytes(b"".join(self.content))
        if isinstance(self.played, BaseException):
            raise self.played
        return {"purged": self.played}


GONE = NoAnswer("purge ended the interpreter", "killed", "again")


async def purged(inside: Inside, file: Path) -> int:
    return await purge(Calls(inside), "q", file, "p-1")  # type: ignore[arg-type]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "saved.jsonl"


async def test_a_purge_that_goes_well_is_just_that(file: Path) -> None:
    inside = Inside(lines(), 2)
    assert await purged(inside, file) == 2
    assert inside.asked == ["purge"]


async def test_a_file_that_is_there_is_never_written_over(file: Path) -> None:
    file.write_text("mine")
    inside = Inside([], 2)
    with pytest.raises(FleetError, match="is there already"):
        await purged(inside, file)
    assert (inside.asked, file.read_text()) == ([], "mine")


@pytest.mark.parametrize("content", [lines(None)[:1], lines()], ids=["unsaved", "saved"])
async def test_what_is_still_aside_is_put_back(content: list[bytes], file: Path) -> None:
    file.with_name("saved.jsonl.part").write_text("half")
    inside = Inside(content, GONE, aside=2)
    with pytest.raises(NoAnswer):
        await purged(inside, file)
    assert inside.asked == ["purge", "restore"]
    assert list(file.parent.iterdir()) == []


async def test_who_is_cancelled_puts_back_first(file: Path) -> None:
    inside = Inside(lines(None)[:1], asyncio.CancelledError(), aside=2)
    with pytest.raises(asyncio.CancelledError):
        await purged(inside, file)
    assert not file.exists()


async def test_what_failed_before_it_began_is_told_as_it_is(file: Path) -> None:
    inside = Inside([], FleetError("no", "broker", "here"))
    with pytest.raises(FleetError, match="broker"):
        await purged(inside, file)
    assert inside.asked == ["purge"]


async def test_messages_that_are_gone_already_are_told_to_be_in_the_file(file: Path) -> None:
    with pytest.raises(FleetError) as caught:
        await purged(Inside(lines(), GONE), file)
    assert caught.value.why == f"its 2 messages are saved in {file}"
    assert json.loads(file.read_bytes().splitlines()[0])["count"] == 2


async def test_a_broker_that_stays_away_is_told_with_the_way_back(file: Path) -> None:
    inside = Inside(lines(None)[:1], GONE)
    inside.trouble = FleetError("restore failed", "no broker", "start it")
    with pytest.raises(FleetError) as caught:
        await purged(inside, file)
    assert f"solofleet restore {file}" in caught.value.fix
    assert caught.value.exit_code == UNAVAILABLE
    assert file.exists()
