"""What the Blueprint of a project rents, as the question of its size and cost."""

from collections.abc import Container

from core.errors import FleetError
from core.render.blueprint.drafting import Draft
from core.render.blueprint.node import Table
from core.render.blueprint.services import Role, role_of, services_of
from core.render.plans import Plans, known_plans
from core.render.sizing.report import Question

STARTER = "starter"
"""What Render takes where a Blueprint names no plan."""


def question_of(
    draft: Draft,
    plan: str | None = None,
    concurrency: int | None = None,
    instances: int | None = None,
) -> Question:
    """The question; `plan`, `concurrency` and `instances` are tried out over what is drafted.

    Another plan takes another concurrency: that is advised anew. A plan of the file that nobody
    knows, which its check tells, counts as the usual one.
    """
    chosen, plans = draft.choices, known_plans()
    web, worker = _first(draft, Role.WEB), _first(draft, Role.WORKER)
    flower = _first(draft, Role.FLOWER)
    key_value = _first(draft, Role.KEY_VALUE)
    own = chosen.plan if chosen.plan and _is_plan(chosen.plan, plans) else STARTER
    return Question(
        plan=plan or own,
        concurrency=concurrency or (chosen.concurrency if plan in (None, own) else None),
        instances=instances or chosen.instances or _count(worker),
        web=None if web is None else _plan(web, plans),
        flower=None if flower is None else _plan(flower, plans),
        redis="upstash" if key_value is None else "key-value",
        redis_plan="free" if key_value is None else _named(key_value, plans.key_value),
    )


def _first(draft: Draft, role: Role) -> Table | None:
    return next((one for one in services_of(draft.after.root) if role_of(one) is role), None)


def _count(worker: Table | None) -> int | None:
    text = worker.text("numInstances") if worker else ""
    return int(text) if text.isdecimal() and 1 <= int(text) <= 100 else None


def _plan(service: Table, plans: Plans) -> str:
    text = service.text("plan")
    return text if _is_plan(text, plans) else STARTER


def _is_plan(text: str, plans: Plans) -> bool:
    try:
        return bool(plans.plan(text))
    except FleetError:
        return False


def _named(service: Table, known: Container[str]) -> str:
    text = service.text("plan")
    return text if text in known else STARTER
