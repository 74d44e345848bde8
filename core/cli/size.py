"""`solofleet size`: how many tasks at once, on which plan, and what that costs."""

import asyncio
from dataclasses import replace
from typing import Final

from core.cli.command import Command, Here
from core.cli.options import Parser, add_call, add_output, add_project, number, typed_call
from core.cli.size_text import as_document, size_lines
from core.errors import DONE, FleetError
from core.project.opening import Project
from core.render.blueprint.drafting import draft_blueprint
from core.render.choices import Choices
from core.render.plans import known_plans
from core.render.sizing.measured import Measured
from core.render.sizing.rate import parse_rate
from core.render.sizing.record import recall, remember
from core.render.sizing.rented import STARTER, question_of
from core.render.sizing.report import Question, report
from core.render.sizing.trial import measure

NONE: Final = "none"


def _options(parser: Parser) -> None:
    add_project(parser)
    parser.add_argument("--send", dest="task", metavar="TASK", help="run it, and measure it")
    add_call(parser)
    parser.add_argument(
        "--measure", action="store_true", help="measure again, on the built-in broker"
    )
    what = parser.add_argument_group("what if")
    what.add_argument("--plan", metavar="P", help="of the worker, such as standard or 1c-2g")
    what.add_argument("--rate", metavar="R", help="wanted: 10/s, 100/m, 1000/h")
    what.add_argument("--concurrency", type=number(1, 1000), metavar="C", help="of each instance")
    what.add_argument("--instances", type=number(1, 100), metavar="N", help="of the worker")
    bill = parser.add_argument_group("the bill", "by default what the Blueprint rents")
    bill.add_argument("--web", metavar="P", help="of the web service, or none")
    bill.add_argument("--with-flower", action="store_true", help="rent a service for Flower")
    bill.add_argument("--redis", choices=("upstash", "key-value"))
    bill.add_argument("--redis-plan", metavar="P", help="such as pay-as-you-go")
    bill.add_argument("--workspace", default="hobby", metavar="P", help="hobby, pro, scale")
    add_output(parser)


async def _run(here: Here) -> int:
    typed = here.arguments
    plans = known_plans()
    if typed.plan is not None:
        plans.plan(typed.plan)  # a plan that is not there is refused before anything runs
    rate = None if typed.rate is None else parse_rate(typed.rate)
    project = await asyncio.to_thread(here.project)
    question = replace(await asyncio.to_thread(_question, here, project), rate=rate)
    measured = await _measured(here, project)
    answer = report(measured, question, plans)
    if typed.json:
        here.terminal.line(as_document(project.app, measured, question, answer))
    else:
        here.terminal.line(*size_lines(project.app, measured, question, answer))
    return DONE


def _question(here: Here, project: Project) -> Question:
    """What the Blueprint has, or would have, with all that was typed over it. Blocks."""
    typed = here.arguments
    try:
        draft = draft_blueprint(project, here.wishes, here.environ, Choices(), None)
        found = question_of(draft, typed.plan, typed.concurrency, typed.instances)
    except FleetError:  # there is none, which `render blueprint` tells
        found = Question(typed.plan, None, typed.concurrency, typed.instances)
    if typed.web is not None:
        found = replace(found, web=None if typed.web == NONE else typed.web)
    if typed.redis is not None and typed.redis != found.redis:
        plan = "free" if typed.redis == "upstash" else STARTER
        found = replace(found, redis=typed.redis, redis_plan=plan)
    return replace(
        found,
        flower=found.flower or (STARTER if typed.with_flower else None),
        redis_plan=typed.redis_plan or found.redis_plan,
        workspace=typed.workspace,
    )


async def _measured(here: Here, project: Project) -> Measured | None:
    """What is known, and what a run shows that was asked for, or that is the first one."""
    typed = here.arguments
    known = await asyncio.to_thread(recall, project.name)
    asked = typed.measure or typed.task is not None
    if known is not None and not asked:
        return known
    call = typed_call(typed, typed.task) if typed.task is not None else None
    here.terminal.aside("measuring: a worker of this project on the built-in broker")
    say = here.terminal.aside
    try:
        await here.runnable()
        fresh = await measure(project, here.wishes, here.environ, call, say, typed.timeout)
    except FleetError as error:
        if asked:
            raise
        here.terminal.aside(f"not measured: {error.what}: {error.why}")
        return None
    await asyncio.to_thread(remember, project.name, fresh)
    return fresh.over(known)


SIZE = Command("size", "advise concurrency, plan and cost on Render", _options, _run)
