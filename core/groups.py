"""The worker groups of a session: how many workers each has, under which names, run how.

A project that has no groups is one group without a name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Final

from core.errors import USAGE, FleetError
from core.project.opening import Project
from core.settings import MAX_WORKERS, Settings
from core.settings.keys import GROUP_KEYS, GROUP_WORKERS, KEYS
from core.settings.merged import GroupSettings
from core.settings.origin import Layer, Setting
from core.wishes import Wishes, effective, worker_count
from core.workers.mode import Mode
from core.workers.names import DEFAULT_TEMPLATE, names, this_host
from core.workers.spec import WorkerSpec

OWN: Final = {"workers": "-n", "queues": "-Q", "name": "--name"}
"""What tells groups apart, with the option that says it of one of them."""


@dataclass(frozen=True, slots=True)
class WorkerGroup:
    """Workers that are started alike.

    `name` is None where the project has no groups. `settings` are those of this group; `env` its
    own variables, over all others. `count` is how many tasks it runs at once, for the `reason`
    that is told; `nodes` are the names of its first workers.
    """

    name: str | None
    settings: Settings
    count: int
    reason: str
    nodes: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)

    def names(self, count: int) -> tuple[str, ...]:
        """So many node names for its workers."""
        template = DEFAULT_TEMPLATE if self.name is None else f"{self.name}%i@%h"
        return names(self.settings.name or template, count, this_host())

    def spec(self, project: WorkerSpec) -> WorkerSpec:
        """The way to run its workers, given that of the project."""
        if self.name is None:
            return project
        fleet, settings = project.mode is Mode.FLEET, self.settings
        return replace(
            project,
            env={**project.env, **self.env},
            loglevel=settings.loglevel or project.loglevel,
            queues=settings.queues,
            concurrency=self.count,
            hoards=fleet and settings.hoard,
            daemonic=fleet and settings.daemonic,
            spare=fleet and settings.spare,
        )


def worker_groups(
    project: Project, wishes: Wishes, environ: Mapping[str, str]
) -> tuple[WorkerGroup, ...]:
    """The groups to start, in the order of the project's file.

    Raises FleetError: no such group, a wish that cannot be meant for several groups, names that
    two workers would share, more workers than a machine gets.
    """
    settings = effective(project, wishes)
    chosen = _chosen(settings.groups, wishes.groups)
    if not chosen:
        count, reason = worker_count(project, wishes, environ)
        return (_group(None, settings, count, reason),)
    if len(chosen) > 1:
        _refuse_for_several(settings, chosen)
    groups = tuple(_of(settings, group) for group in chosen)
    _refuse_shared_names(groups)
    if (total := sum(group.count for group in groups)) > MAX_WORKERS:
        raise FleetError(
            f"{_listed(groups)} are {total} workers",
            f"one machine gets {MAX_WORKERS} at most",
            "give the groups fewer, or start some of them with --group",
            exit_code=USAGE,
        )
    return groups


def size_reason(groups: Sequence[WorkerGroup]) -> str:
    """Where the number of workers comes from, in words."""
    if groups[0].name is None:
        return groups[0].reason
    return "; ".join(f"{group.name} {group.count}: {group.reason}" for group in groups)


def group_named(groups: Sequence[WorkerGroup], name: str | None) -> WorkerGroup:
    """The group of this name, or the only one. Raises FleetError when neither is there."""
    found = [group for group in groups if name in (None, group.name)]
    if len(found) == 1:
        return found[0]
    raise FleetError(
        "it is not clear which workers are meant" if name is None else f"no group {name} runs",
        f"there are the groups {', '.join(str(group.name) for group in groups)}",
        "name one of them",
        exit_code=USAGE,
    )


def _chosen(said: Sequence[GroupSettings], asked: Sequence[str]) -> tuple[GroupSettings, ...]:
    known = [group.name for group in said]
    for name in asked:
        if name not in known:
            raise FleetError(
                f"there is no worker group {name}",
                f"the project has {', '.join(known)}" if known else "the project has no groups",
                "name one of those, or add a table groups.NAME to the project's settings"
                if known
                else "leave out --group, or add a table groups.NAME to the project's settings",
                exit_code=USAGE,
            )
    return tuple(group for group in said if not asked or group.name in asked)


def _refuse_for_several(settings: Settings, chosen: Sequence[GroupSettings]) -> None:
    for key, option in OWN.items():
        setting = settings.setting(key)
        if setting is not None and _is_for_this_run(setting):
            place = option if setting.origin.layer is Layer.ASKED else settings.where(key)
            raise FleetError(
                f"{place} cannot be meant for {_listed(chosen)}",
                f"each group has {key} of its own, which is what tells them apart",
                f"start one of them with --group {chosen[0].name}, or leave out {place}",
                exit_code=USAGE,
            )


def _is_for_this_run(setting: Setting) -> bool:
    return setting.origin.layer >= Layer.ENVIRONMENT


def _of(settings: Settings, group: GroupSettings) -> WorkerGroup:
    keys = GROUP_KEYS.keys() & KEYS.keys()
    values = {key: said for key in keys if (said := _setting(settings, group, key)) is not None}
    origins = {key: origin for key, origin in settings.origins.items() if key not in keys}
    of_group = replace(settings, workers=None, name=None, origins=origins).over(values)
    workers = values.get("workers")
    count = GROUP_WORKERS if workers is None else int(workers.value)
    reason = "the default" if workers is None else workers.origin.words("workers")
    env = group.said.get("env")
    return _group(group.name, of_group, count, reason, {} if env is None else env.value)


def _setting(settings: Settings, group: GroupSettings, key: str) -> Setting | None:
    """What counts for this group: see `GroupSettings`."""
    own, above = group.said.get(key), settings.setting(key)
    if above is not None and key in OWN and not _is_for_this_run(above):
        above = above if key == "queues" and own is None else None
    return above if own is None else own.over(above)


def _group(
    name: str | None,
    settings: Settings,
    count: int,
    reason: str,
    env: Mapping[str, str] | None = None,
) -> WorkerGroup:
    group = WorkerGroup(name, settings, count, reason, (), env or {})
    processes = 1 if settings.mode == Mode.PREFORK else count
    return replace(group, nodes=group.names(processes))


def _refuse_shared_names(groups: Sequence[WorkerGroup]) -> None:
    for one, other in combinations(groups, 2):
        if shared := sorted(set(one.nodes) & set(other.nodes)):
            raise FleetError(
                f"{_listed((one, other))} would both have a worker named {shared[0]}",
                "two workers of one name are counted as one by every tool, and stop together",
                f'set another name in one of them, such as name = "{other.name}-%i@%h"',
                exit_code=USAGE,
            )


def _listed(groups: Iterable[WorkerGroup | GroupSettings]) -> str:
    return f"the groups {', '.join(str(group.name) for group in groups)}"
