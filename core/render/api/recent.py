"""The last lines of services, and the fewest questions that bring those of several."""

from collections.abc import Sequence
from datetime import datetime

from core.render.api.answers import Service
from core.render.api.client import RenderApi
from core.render.api.log_line import MOST_LINES, LogLine, LogQuery, in_order


async def latest(api: RenderApi, query: LogQuery, count: int) -> tuple[LogLine, ...]:
    """The last lines, the oldest first. Raises what `RenderApi` raises."""
    lines: list[LogLine] = []
    end: datetime | None = None
    while len(lines) < count:
        page = await api.logs(query, end=end, most=min(MOST_LINES, count - len(lines)))
        lines += page.lines
        if page.next_end is None or not page.lines or page.next_end == end:
            break
        end = page.next_end
    return in_order({line.id: line for line in lines}.values())


def queries(services: Sequence[Service], text: str = "") -> list[LogQuery]:
    """As few as Render allows: one for the services of each region."""
    regions: dict[str, list[Service]] = {}
    for service in services:
        regions.setdefault(service.region, []).append(service)
    return [
        LogQuery(group[0].owner, tuple(each.id for each in group), text)
        for group in regions.values()
    ]
