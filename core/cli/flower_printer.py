"""Shows a Flower: to people in words, to programs as JSON lines."""

import textwrap

from core.cli.json_printer import as_json
from core.cli.terminal import Terminal
from core.flower.plan import FlowerPlan
from core.flower.running import FlowerState, Stage
from core.flower.watching import Sight


class FlowerPrinter:
    """Shows each state. The password is shown with `tells_password` only."""

    def __init__(
        self,
        terminal: Terminal,
        *,
        app: str,
        version: str | None,
        as_lines: bool,
        tells_password: bool,
    ) -> None:
        self._terminal = terminal
        self._app = app
        self._version = version
        self._as_lines = as_lines
        self._tells_password = tells_password
        self._introduced = False

    def note(self, text: str) -> None:
        """Something that people should know; on standard error."""
        self._terminal.aside(f"flower: {text}")

    def show(self, state: FlowerState, sight: Sight) -> None:
        """One state, and whom it sees."""
        if self._as_lines:
            self._terminal.line(self._json(state, sight))
        elif state.stage is Stage.READY and not self._introduced:
            self._introduced = True
            self._terminal.line(*self._introduction(state.plan, sight))
        elif state.stage is not Stage.ENDED:  # the error tells more
            self.note(f"{state.stage}{f': {state.why}' if state.why else ''}")

    def _json(self, state: FlowerState, sight: Sight) -> str:
        plan = state.plan
        fields = {
            "state": state.stage.value,
            "reason": state.why,
            "url": plan.url,
            "port": plan.port,
            "version": self._version,
            "python": plan.argv[0],
            "own": bool(plan.first_words),
            "user": plan.access.user,
            "password_kept": plan.access.kept,
            "workers": sight.seen,
            "workers_unseen": sight.unseen,
        }
        if self._tells_password:
            fields["password"] = plan.access.password.reveal()
        return as_json("flower", **fields)

    def _introduction(self, plan: FlowerPlan, sight: Sight) -> list[str]:
        access = plan.access
        password = access.password.reveal() if self._tells_password else "(--show-password)"
        lines = [
            f"Flower {self._version} watches {self._app}",
            "",
            f"    {plan.url}",
            "",
            f"    user       {access.user}",
            f"    password   {password}",
            f"               {access.kept}",
            *_named("workers", ", ".join(sight.seen) or "none so far"),
        ]
        if sight.unseen:
            lines += _named("not seen", f"{', '.join(sight.unseen)}: without heartbeats?")
        return [
            *lines,
            "",
            "A worker that starts from here on is counted after 5 s at the latest; with",
            "`solofleet up -E` from its first task on. Ctrl+C ends Flower.",
        ]


def _named(name: str, text: str) -> list[str]:
    return textwrap.wrap(
        text,
        79,
        initial_indent=f"    {name:<11}",
        subsequent_indent=" " * 15,
        break_on_hyphens=False,
    )
