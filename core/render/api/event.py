"""What happened to a service, in Render's words and in ours."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from core.render.api.lenient import Json, flag, moment, number, table, text, whole


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an instance, a build or a deploy ended badly; None where Render does not say so.

    `memory_limit` is there when it was killed for want of memory, as Render writes it: `512Mi`.
    """

    memory_limit: str | None = None
    exit_code: int | None = None
    evicted: bool = False
    early_exit: bool = False
    timed_out_s: float | None = None
    unhealthy: str = ""

    @classmethod
    def read(cls, of: Json) -> "Failure | None":
        """From JSON; None where there is none of it."""
        told = table(of.get("reason"))
        told = table(told.get("failure")) or told
        found = cls(
            memory_limit=text(told, "oomKilled", "memoryLimit") if "oomKilled" in told else None,
            exit_code=whole(told, "nonZeroExit"),
            evicted=flag(told, "evicted"),
            early_exit=flag(told, "earlyExit"),
            timed_out_s=number(told, "timedOutSeconds"),
            unhealthy=text(told, "unhealthy"),
        )
        return None if found == cls() else found

    @property
    def out_of_memory(self) -> bool:
        """Whether the kernel killed it."""
        return self.memory_limit is not None

    def __str__(self) -> str:
        if self.memory_limit is not None:
            limit = f": more than {self.memory_limit}" if self.memory_limit else ""
            return f"out of memory{limit}"
        if self.exit_code is not None:
            return f"exit code {self.exit_code}"
        if self.timed_out_s is not None:
            return f"not ready within {self.timed_out_s:.0f} s"
        if self.unhealthy:
            return f"unhealthy: {self.unhealthy}"
        return "evicted from its machine" if self.evicted else "it exited too early"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; `type` is Render's word, `deploy` the id of the deploy it is of."""

    id: str
    type: str
    at: datetime | None
    deploy: str
    status: str
    failure: Failure | None
    instances: int | None

    @classmethod
    def read(cls, of: Json) -> Self:
        """From JSON."""
        told = table(of.get("details"))
        status = text(told, "deployStatus") or text(told, "buildStatus")
        return cls(
            id=text(of, "id"),
            type=text(of, "type"),
            at=moment(of, "timestamp"),
            deploy=text(told, "deployId"),
            status=status or text(told, "preDeployStatus") or text(told, "status"),
            failure=Failure.read(told),
            instances=whole(told, "toInstances"),
        )

    def __str__(self) -> str:
        words = _WORDS.get(self.type, self.type.replace("_", " "))
        more = [self.status] if self.status else []
        more += [str(self.failure)] if self.failure else []
        more += [f"to {self.instances} instances"] if self.instances is not None else []
        return f"{words}: {', '.join(more)}" if more else words


_WORDS: Final = {
    "build_started": "the build started",
    "build_ended": "the build ended",
    "deploy_started": "the deploy started",
    "deploy_ended": "the deploy ended",
    "pre_deploy_started": "the pre-deploy command started",
    "pre_deploy_ended": "the pre-deploy command ended",
    "server_failed": "an instance failed",
    "server_available": "an instance is available",
    "server_restarted": "restarted",
    "instance_count_changed": "scaled",
}
"""Types of https://render.com/docs/webhooks, as far as they read badly."""
