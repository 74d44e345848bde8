"""What was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.render.cost.setup import Redis
from core.workers.mode import Mode


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was typed. Fields that a command does not have keep these defaults.

    `task` with `args` to `count` is a call to send; `tasks` is how many calls the demo sends.
    `ids` and `destination` are lists with commas. `chosen` is for Render, by the keys of `Choices`;
    `service` to `text` are for what is there already, `rollback` is empty for "the one before";
    `cpu` and `memory` are percentages.
    Times are in seconds.
    """

    command: str
    project: str = "."
    app: str | None = None
    python: str | None = None
    broker: str | None = None
    workers: int | None = None
    name: str | None = None
    loglevel: str | None = None
    queues: str | None = None
    group: list[str] | None = None
    mode: Mode | None = None
    hoard: bool = False
    daemonic: bool = False
    spare: bool = False
    events: bool = False
    grace: float | None = None
    debug: int | None = None
    rows: str | None = None
    all_rows: bool = False
    reload: bool = False
    yes: bool = False
    watch_others: bool = False
    task: str | None = None
    args: str = "[]"
    kwargs: str = "{}"
    count: int = 1
    queue: str | None = None
    countdown: float | None = None
    priority: int | None = None
    expires: float | None = None
    wait: bool = False
    tasks: int = 12
    what: str | None = None
    ids: str = ""
    destination: str | None = None
    terminate: bool = False
    signal: str = "SIGTERM"
    save: str | None = None
    file: str | None = None
    again: bool = False
    exit_when_done: bool = False
    timeout: float | None = None
    format: str | None = None
    output: str | None = None
    headless: bool = False
    logs: bool = False
    quiet: bool = False
    open: bool = False
    port: int | None = None
    url_prefix: str | None = None
    show_password: bool = False
    measure: bool = False
    plan: str | None = None
    rate: str | None = None
    concurrency: int | None = None
    instances: int | None = None
    web: str | None = None
    with_flower: bool = False
    redis: Redis | None = None
    redis_plan: str | None = None
    workspace: str = "hobby"
    chosen: Mapping[str, Any] = field(default_factory=dict[str, Any])
    write: bool = False
    owner: str | None = None
    service: list[str] | None = None
    follow: bool = False
    commit: str | None = None
    broker_from: str | None = None
    clear_cache: bool = False
    cancel: bool = False
    rollback: str | None = None
    least: int | None = None
    most: int | None = None
    cpu: int | None = None
    memory: int | None = None
    no_autoscaling: bool = False
    minutes: int = 60
    backlog: int | None = None
    cool_down: float = 300.0
    every: float = 15.0
    apply: bool = False
    api: bool = False
    remote: str | None = None
    files: list[str] | None = None
    message: str | None = None
    push: list[str] | None = None
    to: str | None = None
    online: bool = False
    validate: bool = False
    text: str | None = None
    prove: bool = False
    mend: str | None = None
    markdown: bool = False
    tick: list[str] | None = None
    untick: list[str] | None = None
    json: bool = False
