"""`solofleet parity`: the three modes, and what each of them shows of production."""

from dataclasses import asdict

from core.cli.command import Command, Here
from core.cli.json_printer import as_json
from core.cli.options import add_document
from core.cli.terminal import Terminal
from core.errors import DONE
from core.parity.rules import RULES, Rule
from core.project.opening import Project
from core.project.production import unlike
from core.workers.mode import TRUTH, Mode


def show_parity(project: Project, terminal: Terminal, *, as_document: bool) -> None:
    """Print how production runs this project, the modes with their truth, and where they differ."""
    if as_document:
        rules = [asdict(rule) for rule in RULES]
        production = [asdict(found) for found in project.production]
        line = as_json("parity", production=production, modes=dict(TRUTH), rules=rules)
        terminal.line(line)
        return
    for text in _production(project):
        terminal.line(text)
    for mode, truth in TRUTH.items():
        terminal.line("")
        terminal.line(f"{_option(mode)}: {truth}.")
    for rule in RULES:
        terminal.line("")
        for text in _lines(rule):
            terminal.line(text)


def _production(project: Project) -> list[str]:
    if not project.production:
        return [
            "No worker command was found in a Procfile, render.yaml or the like: Celery's own"
            " default is prefork."
        ]
    return [
        unlike(found.pool, found.where)
        or f"production: {found.pool}"
        + (f", {found.concurrency} at once" if found.concurrency else "")
        + f" ({found.where})"
        for found in project.production
    ]


def _option(mode: Mode) -> str:
    return "fleet (the default)" if mode is Mode.FLEET else f"--{mode}"


def _lines(rule: Rule) -> list[str]:
    here = [f"    {mode:<12}{rule.here(mode)}" for mode in Mode]
    return [rule.about, f"    {'production':<12}{rule.production}", *here]


async def _run(here: Here) -> int:
    show_parity(here.project(), here.terminal, as_document=here.arguments.json)
    return DONE


PARITY = Command("parity", "what running here shows of production", add_document, _run)
