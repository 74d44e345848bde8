"""Reads the command line, does what it says, and gives the exit code."""

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial

from core.cli.app_calls import app_calls
from core.cli.arguments import Arguments, parse
from core.cli.demo import demo_calls
from core.cli.json_printer import JsonPrinter
from core.cli.parity import show_parity
from core.cli.printer import Printer
from core.cli.send import Sending
from core.cli.tasks import show_tasks
from core.cli.terminal import Terminal, real_terminal
from core.cli.text_printer import TextPrinter
from core.cli.up import Plan, Up
from core.errors import DONE, INTERRUPTED, FleetError
from core.project.compatibility import check_mode, check_versions
from core.project.opening import Project, open_project
from core.project.versions import read_versions
from core.secret import Secret
from core.session import Session
from core.tasks.call import TaskCall, parse_args, parse_kwargs
from core.wishes import Wishes, wants_redis, worker_mode


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
    plan, wishes = _plan(arguments), _wishes(arguments)
    if arguments.command == "parity":
        show_parity(_project(arguments, environ), terminal, as_document=arguments.json)
        return DONE
    project = await _open(arguments, wishes, environ)
    calls_into = partial(app_calls, project, wishes, terminal.aside, environ)
    match arguments.command:
        case "send":
            async with calls_into(need_broker=True) as calls:
                sending = Sending(calls, plan.calls[0], terminal, as_lines=arguments.json)
                if not arguments.wait:
                    await sending.send()
                    return DONE
                await sending.check_result()
                return await sending.follow(await sending.send(), arguments.timeout)
        case "tasks":
            async with calls_into(need_broker=False) as calls:
                await show_tasks(calls, project.app, terminal, as_document=arguments.json)
                return DONE
        case _:
            up = Up(partial(Session, project, wishes, environ=environ), plan, printer, terminal.ask)
            terminal.on_broken = up.left_alone
            return await up.run()


async def _open(arguments: Arguments, wishes: Wishes, environ: Mapping[str, str]) -> Project:
    project = _project(arguments, environ)
    versions = await read_versions(project.interpreter, environ)
    check_versions(versions, project.interpreter, redis=wants_redis(project, wishes))
    check_mode(versions, worker_mode(project, wishes))
    return project


def _project(arguments: Arguments, environ: Mapping[str, str]) -> Project:
    return open_project(
        arguments.project, app=arguments.app, python=arguments.python, environ=environ
    )


def _wishes(arguments: Arguments) -> Wishes:
    return Wishes(
        workers=arguments.workers,
        broker=Secret(arguments.broker) if arguments.broker else None,
        loglevel=arguments.loglevel,
        queues=tuple(queue for queue in (arguments.queues or "").split(",") if queue),
        name=arguments.name,
        mode=arguments.mode,
        hoard=arguments.hoard,
        daemonic=arguments.daemonic,
        spare=arguments.spare,
        grace_s=arguments.grace,
        debug_port=arguments.debug,
    )


def _plan(arguments: Arguments) -> Plan:
    """What to send. Read before anything is started: a call that is wrong costs no time."""
    calls = (_call(arguments, arguments.task),) if arguments.task else ()
    return Plan(
        calls=demo_calls(arguments.tasks) if arguments.command == "demo" else calls,
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
