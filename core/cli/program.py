"""Reads the command line, does what it says, and gives the exit code."""

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence

from core.cli.arguments import Arguments, parse
from core.cli.demo import demo_calls
from core.cli.printer import JsonPrinter, Printer, TextPrinter
from core.cli.send import send_from_terminal, show_tasks
from core.cli.terminal import Terminal, real_terminal
from core.cli.up import Plan, Up
from core.errors import INTERRUPTED, FleetError
from core.places import DEMO
from core.project.compatibility import check_versions
from core.project.opening import Project, open_project
from core.project.versions import read_versions
from core.secret import Secret
from core.tasks.call import TaskCall, parse_args, parse_kwargs
from core.wishes import BUILTIN, Wishes, wants_redis


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit codes are those of `core.errors`."""
    arguments = parse(list(sys.argv[1:] if argv is None else argv))
    environ = dict(os.environ)
    terminal = real_terminal(environ)
    printer = _printer(arguments, terminal)
    try:
        return asyncio.run(_run(arguments, terminal, printer, environ))
    except FleetError as error:
        printer.error(error)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED


async def _run(
    arguments: Arguments, terminal: Terminal, printer: Printer, environ: Mapping[str, str]
) -> int:
    wishes = _wishes(arguments)
    project = await _open(arguments, wishes, environ)
    match arguments.command:
        case "send":
            assert arguments.task is not None
            call = _call(arguments, arguments.task)
            return await send_from_terminal(project, wishes, call, arguments, terminal, environ)
        case "tasks":
            return await show_tasks(project, wishes, arguments.json, terminal, environ)
        case _:
            up = Up(project, wishes, _plan(arguments), printer, environ)
            terminal.on_broken = up.interrupt
            return await up.run()


async def _open(arguments: Arguments, wishes: Wishes, environ: Mapping[str, str]) -> Project:
    if arguments.command == "demo":
        return open_project(DEMO, python=sys.executable, environ=environ)
    project = open_project(
        arguments.project, app=arguments.app, python=arguments.python, environ=environ
    )
    versions = await read_versions(project.interpreter, environ)
    check_versions(versions, project.interpreter, redis=wants_redis(project, wishes))
    return project


def _wishes(arguments: Arguments) -> Wishes:
    broker = BUILTIN if arguments.command == "demo" else arguments.broker
    return Wishes(
        workers=arguments.workers or (4 if arguments.command == "demo" else None),
        broker=Secret(broker) if broker else None,
        loglevel=arguments.loglevel,
        queues=tuple(queue for queue in (arguments.queues or "").split(",") if queue),
        name=arguments.name,
        plain=arguments.plain,
        grace_s=arguments.grace,
        debug_port=arguments.debug,
    )


def _plan(arguments: Arguments) -> Plan:
    if arguments.command == "demo":
        calls: tuple[TaskCall, ...] = demo_calls(arguments.tasks)
        return Plan(calls, exit_when_done=True, timeout_s=arguments.timeout)
    return Plan(
        calls=(_call(arguments, arguments.send),) if arguments.send else (),
        exit_when_done=arguments.exit_when_done,
        timeout_s=arguments.timeout,
        yes=arguments.yes,
    )


def _call(arguments: Arguments, task: str) -> TaskCall:
    return TaskCall(
        task=task,
        args=parse_args(arguments.args),
        kwargs=parse_kwargs(arguments.kwargs),
        queue=arguments.queue,
        countdown_s=arguments.countdown,
        priority=arguments.priority,
        expires_s=arguments.expires,
        count=arguments.count,
    )


def _printer(arguments: Arguments, terminal: Terminal) -> Printer:
    if arguments.json:
        return JsonPrinter(terminal, logs=arguments.logs)
    return TextPrinter(terminal, logs=not arguments.quiet)
