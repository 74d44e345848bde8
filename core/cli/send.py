"""`solofleet send` and `solofleet tasks`: through the app's own broker, without workers of ours."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

from core.bridge.calls import Calls
from core.bridge.host import Host
from core.bridge.sending import send
from core.cli.arguments import Arguments
from core.cli.terminal import Terminal
from core.errors import DONE, FAILED, TIMED_OUT
from core.project.opening import Project
from core.tasks.call import TaskCall
from core.wishes import Wishes, worker_spec
from core.workers.containment import make_containment

POLL_S: Final = 0.2
STATES: Final = {"SUCCESS": "succeeded", "FAILURE": "failed", "REVOKED": "revoked"}


@asynccontextmanager
async def _calls(
    project: Project, wishes: Wishes, terminal: Terminal, environ: Mapping[str, str]
) -> AsyncGenerator[Calls]:
    async with make_containment(terminal.aside) as containment:
        host = Host(worker_spec(project, wishes, environ, None), containment)
        try:
            yield Calls(host)
        finally:
            await host.close()


async def send_from_terminal(
    project: Project,
    wishes: Wishes,
    call: TaskCall,
    arguments: Arguments,
    terminal: Terminal,
    environ: Mapping[str, str],
) -> int:
    """Send, and with `--wait` follow each task in the result backend until it has ended."""
    async with _calls(project, wishes, terminal, environ) as calls:
        shown = _Lines(terminal, call.task, arguments.json)
        ids = await send(calls, call, lambda ids: None, lambda ids: None)
        for task_id in ids:
            shown.task(task_id, "sent")
        if not arguments.wait:
            return DONE
        try:
            async with asyncio.timeout(arguments.timeout):
                return await _follow(calls, ids, shown)
        except TimeoutError:
            terminal.aside(
                f"error: not all tasks ended within {arguments.timeout:g} s\n"
                "  why: no worker takes them, or they take longer\n"
                "  fix: look with: solofleet up --json"
            )
            return TIMED_OUT


async def _follow(calls: Calls, ids: tuple[str, ...], shown: "_Lines") -> int:
    waiting = dict.fromkeys(ids)
    bad = 0
    while waiting:
        for task_id, result in (await calls.results(tuple(waiting)[:500])).items():
            if (state := STATES.get(result["state"])) is None:
                continue
            del waiting[task_id]
            bad += state != "succeeded"
            shown.task(task_id, state, result["result"])
        if waiting:
            await asyncio.sleep(POLL_S)
    return FAILED if bad else DONE


class _Lines:
    """One line per state of a task."""

    def __init__(self, terminal: Terminal, name: str, as_json: bool) -> None:
        self._terminal = terminal
        self._name = name
        self._json = as_json

    def task(self, task_id: str, state: str, outcome: str | None = None) -> None:
        if not self._json:
            said = f": {outcome}" if outcome is not None else ""
            self._terminal.line(f"{self._name}[{task_id}] {state}{said}")
            return
        failed = state in ("failed", "revoked")
        fields = {
            "kind": "task",
            "id": task_id,
            "name": self._name,
            "worker": None,
            "state": state,
            "runtime_s": None,
            "result": None if failed else outcome,
            "error": outcome if failed else None,
        }
        self._terminal.line(json.dumps(fields, ensure_ascii=False))


async def show_tasks(
    project: Project,
    wishes: Wishes,
    as_json: bool,
    terminal: Terminal,
    environ: Mapping[str, str],
) -> int:
    """Print what can be sent: name, arguments, first line of the docstring."""
    async with _calls(project, wishes, terminal, environ) as calls:
        tasks = await calls.describe()
    if as_json:
        document = {"kind": "tasks", "app": project.app, "tasks": tasks}
        terminal.line(json.dumps(document, ensure_ascii=False))
        return DONE
    for task in tasks:
        doc = task["doc"].partition("\n")[0]
        terminal.line(f"{task['name']}({_signature(task)})" + (f"\n    {doc}" if doc else ""))
    return DONE


def _signature(task: Mapping[str, Any]) -> str:
    if task["params"] is None:
        return "..."
    stars = {"var_positional": "*", "var_keyword": "**"}
    parts: list[str] = []
    for param in task["params"]:
        text = stars.get(param["kind"], "") + param["name"]
        if "annotation" in param:
            text += f": {param['annotation']}"
        if "default" in param:
            text += f" = {param['default']}"
        parts.append(text)
    return ", ".join(parts)
