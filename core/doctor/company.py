"""The check of who else is on the broker."""

from collections import Counter

from core.doctor.case import Case
from core.doctor.finding import Seen, fault, ok, worst
from core.groups import worker_groups


async def node_names(case: Case) -> Seen:
    """Whether two workers have one name, or one has a name that ours would take."""
    groups = worker_groups(case.project, case.wishes, case.environ)
    ours = {node for group in groups for node in group.nodes}
    there = Counter(await case.calls.nodes())
    wrong = [
        fault(
            f"{number} workers answer as {node}, and every tool takes them for one",
            "give each its own name: -n worker1@%h, -n worker2@%h",
        )
        for node, number in there.items()
        if number > 1
    ]
    wrong += [
        fault(
            f"a worker named {node} is on the broker, as ours would be named",
            "stop it, or give ours other names with --name",
        )
        for node, number in there.items()
        if number == 1 and node in ours
    ]
    others = f"{', '.join(sorted(there))} answer" if there else "no worker answers yet"
    return worst(wrong, ok(others))
