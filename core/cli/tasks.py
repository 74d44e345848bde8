"""`solofleet tasks`: what can be sent, and how it is called."""

from core.bridge.calls import Calls
from core.cli.json_printer import as_json
from core.cli.terminal import Terminal
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
