"""A session with all that one can have: four busy workers, a broker of its own, a web server.

`whole_session.py PROJECT` prints {"ready": true} once everything runs, and waits to be killed.
"""

import asyncio
import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from core.project.opening import open_project
from core.secret import Secret
from core.session import Session
from core.tasks.call import TaskCall
from core.wishes import BUILTIN, Wishes
from core.workers.phase import Phase
from core.workers.process import ChildSpec, Exit, spawn

WEB = ("-m", "http.server", "0", "--bind", "127.0.0.1")
TASKS = ("tasky.nap", "tasky.nap", "tasky.nap_in_child", "tasky.hold_the_gil")


class Web:
    """Hears of the web server that it listens."""

    def __init__(self) -> None:
        self.serving = asyncio.Event()

    def out(self, chunk: bytes) -> None:
        self.serving.set()

    err = out

    def exited(self, exit: Exit) -> None: ...


async def main() -> None:
    project = open_project(sys.argv[1], python=sys.executable, environ=os.environ)
    wishes = Wishes(workers=len(TASKS), broker=Secret(BUILTIN))
    async with Session(project, wishes, lambda change: None, os.environ) as session:

        def phases() -> set[Phase]:
            return {worker.phase for worker in session.supervisor.workers}

        web = Web()
        spec = ChildSpec("web", (sys.executable, "-u", *WEB), dict(os.environ), project.workdir)
        await spawn(spec, web, session.containment)
        session.start()
        await session.until(lambda: phases() == {Phase.READY})
        for task in TASKS:
            await session.send(TaskCall(task, [60]))
        await session.until(lambda: phases() == {Phase.BUSY})
        await web.serving.wait()
        print(json.dumps({"ready": True}), flush=True)
        await asyncio.Event().wait()


asyncio.run(main())
