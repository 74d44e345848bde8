"""Why a deploy did not go live, from the news of it while it is followed."""

from collections import deque
from dataclasses import dataclass
from typing import Final, assert_never

from core.errors import FleetError
from core.render.api.answers import Deploy, Service
from core.render.api.ended import MOST, why_ended
from core.render.api.event import Event, Failure
from core.render.api.following import DeployChanged, Happened, News, Printed, Trouble

SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Ended:
    """A deploy that did not go live: why, in three parts, and its last lines, the oldest first."""

    deploy: Deploy
    error: FleetError
    lines: tuple[str, ...]


class Ending:
    """Takes in the news of a deploy, and tells then why it did not go live."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._deploy: Deploy | None = None
        self._failed: list[Event] = []
        self._lines: deque[tuple[str, str]] = deque(maxlen=MOST)

    def take(self, news: News) -> None:
        """One piece of news, in their order."""
        match news:
            case DeployChanged(deploy):
                self._deploy = deploy
            case Happened(event):
                self._failed += [event] if event.failure is not None else []
            case Printed(line):
                self._lines.append((line.type, line.message))
            case Trouble():
                pass
            case _:
                assert_never(news)

    def explain(self) -> Ended | None:
        """Why it ended badly; None while it goes on, and when it is live.

        Lines are those of the step that failed, where it printed any.
        """
        deploy = self._deploy
        if deploy is None:
            return None
        of_build = deploy.status == "build_failed"
        lines = [text for type, text in self._lines if (type == "build") is of_build]
        lines = lines or [text for _, text in self._lines]
        error = why_ended(self._service, deploy, lines, self._failure(deploy))
        return None if error is None else Ended(deploy, error, tuple(lines[-SHOWN:]))

    def _failure(self, deploy: Deploy) -> Failure | None:
        """That of the deploy itself, else that of the last instance that failed meanwhile."""
        own = [each for each in self._failed if each.deploy == deploy.id]
        other = [each for each in self._failed if each.type == "server_failed"]
        return (own or other)[-1].failure if own or other else None
