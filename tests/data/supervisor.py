"""A Solofleet in small: starts children in a containment and waits to be killed.

`supervisor.py PROGRAM[,WORD...] ...` prints one JSON object per line: {"pids": [...]} for
each child that has told its pids, {"keeper": pid} (POSIX), and at last {"ready": true}.
With `storm` it starts children for ever and tells {"token": ...} first.
"""

import asyncio
import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from core.workers.containment import Containment, make_containment
from core.workers.process import ChildSpec, Exit, spawn

PROGRAMS = Path(__file__).parent / "children"


class FirstLine:
    def __init__(self) -> None:
        self.heard = b""
        self.complete = asyncio.Event()

    def out(self, chunk: bytes) -> None:
        self.heard += chunk
        if b"\n" in self.heard:
            self.complete.set()

    def err(self, chunk: bytes) -> None:
        sys.stderr.write(chunk.decode())

    def exited(self, exit: Exit) -> None:
        self.complete.set()


def say(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


def spec_of(program: str, *words: str) -> ChildSpec:
    argv = (sys.executable, "-u", str(PROGRAMS / program), *words)
    return ChildSpec(program, argv, dict(os.environ), Path.cwd())


async def start(command: str, containment: Containment) -> None:
    listener = FirstLine()
    await spawn(spec_of(*command.split(",")), listener, containment)
    await listener.complete.wait()
    say(pids=[int(pid) for pid in listener.heard.split()])


async def storm(containment: Containment) -> None:
    say(token=containment._token)
    while True:
        child = await spawn(spec_of("stubborn.py"), FirstLine(), containment)
        say(pids=[child.pid])


async def main() -> None:
    async with make_containment(lambda text: say(said=text)) as containment:
        if sys.platform != "win32":
            say(keeper=containment.keeper_pid)
        if sys.argv[1:] == ["storm"]:
            await storm(containment)
        for command in sys.argv[1:]:
            await start(command, containment)
        say(ready=True)
        await asyncio.Event().wait()


asyncio.run(main())
