"""`solofleet tasks`: what can be sent, and how it is called."""

from core.bridge.calls import Calls
from core.cli.command import Command, Here
from core.cli.json_printer import as_json
from core.cli.options import add_document
from core.cli.terminal import Terminal
from core.errors import DONE
from core.tasks.call import signature_of


async def show_tasks(calls: Calls, app: str, terminal: Terminal, *, as_document: bool) -> None:
    """Print call and first line of the docstring of each task, or all there is as one JSON."""
    tasks = await calls.describe()
    if as_document:
        terminal.line(as_json("tasks", app=app, tasks=tasks))
        return
    for task in tasks:
        terminal.line(f"{task['name']}{signature_of(task) or '(...)'}")
        if doc := task["doc"].partition("\n")[0]:
            terminal.line(f"    {doc}")


async def _run(here: Here) -> int:
    async with here.calls(need_broker=False) as (project, calls):
        await show_tasks(calls, project.app, here.terminal, as_document=here.arguments.json)
    return DONE


TASKS = Command("tasks", "show the tasks of a project", add_document, _run)
