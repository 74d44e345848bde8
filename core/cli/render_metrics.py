"""`solofleet render metrics`: processor, memory and instances of services, as curves of text."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from core.cli.command import Command, Here
from core.cli.json_printer import as_json
from core.cli.options import Parser, number
from core.cli.render_account import add_render, on_render
from core.cli.table import table
from core.errors import DONE
from core.render.api.series import Sample
from core.render.plans import MB
from core.render.remote.gauges import Gauge, Gauges, read_gauges, size_in_bytes

BLOCKS: Final = "▁▂▃▄▅▆▇█"
PLAIN: Final = ".:-=+*#%"
"""The same eight steps, where standard output has no blocks."""
WIDTH: Final = 30
MOST_MINUTES: Final = 7 * 24 * 60


def curve(samples: Sequence[Sample], top: float, steps: str, width: int = WIDTH) -> str:
    """The highest of the samples in each column, as one of the steps from 0 to `top`.

    Columns are samples while they fit; empty where there are none.
    """
    count = min(width, len(samples))
    columns = (
        samples[len(samples) * n // count : len(samples) * (n + 1) // count] for n in range(count)
    )
    highest = (max(each.value for each in column) for column in columns)
    last = len(steps) - 1
    return "".join(
        steps[min(last, max(0, int(value / top * len(steps))))] if top > 0 else steps[0]
        for value in highest
    )


def metrics_lines(all_gauges: Sequence[Gauges], steps: str) -> Iterator[str]:
    """For each service a table of three rows: the latest, the most, the limit, and the curve."""
    for index, gauges in enumerate(all_gauges):
        if index:
            yield ""
        minutes = (gauges.end - gauges.start).total_seconds() / 60
        yield f"{gauges.service.name}, {gauges.service.plan}: the last {minutes:.0f} min"
        rows: list[Sequence[str]] = [("", "now", "most", "limit", "of it", "")]
        for name in ("cpu", "memory", "count"):
            rows.append(_row(name, getattr(gauges, name), steps))
        yield from table(rows, (0, 5))


def _row(name: str, gauge: Gauge, steps: str) -> tuple[str, ...]:
    share = gauge.share(gauge.most)
    top = gauge.limit or gauge.most or 0.0
    return (
        "instances" if name == "count" else name,
        *(_told(each, gauge.unit, name) for each in (gauge.now, gauge.most, gauge.limit)),
        "" if share is None else f"{share:.0%}",
        curve(gauge.curve(), top, steps),
    )


def _told(value: float | None, unit: str, name: str) -> str:
    if value is None:
        return "" if name == "count" else "-"
    if name == "count":
        return f"{value:.0f}"
    if name == "memory" and (size := size_in_bytes(value, unit)) is not None:
        return f"{size / MB:,.0f} MB"
    return f"{value:,.2f} {unit}".rstrip()


def metrics_document(all_gauges: Sequence[Gauges]) -> str:
    """All of it for programs, each sample with its time."""
    return as_json("render_metrics", services=[_fields(each) for each in all_gauges])


def _fields(gauges: Gauges) -> dict[str, Any]:
    return {
        "name": gauges.service.name,
        "start": gauges.start.isoformat(),
        "end": gauges.end.isoformat(),
        "cpu": _gauge_fields(gauges.cpu),
        "memory": _gauge_fields(gauges.memory),
        "instances": _gauge_fields(gauges.count),
    }


def _gauge_fields(gauge: Gauge) -> dict[str, Any]:
    return {
        "unit": gauge.unit,
        "limit": gauge.limit,
        "now": gauge.now,
        "most": gauge.most,
        "series": [
            {"instance": id, "values": [[each.at.isoformat(), each.value] for each in samples]}
            for id, samples in gauge.instances
        ],
    }


def _options(parser: Parser) -> None:
    add_render(parser)
    parser.add_argument(
        "--service", action="append", metavar="NAME", help="by default all of render.yaml"
    )
    parser.add_argument(
        "--minutes",
        type=number(5, MOST_MINUTES),
        default=60,
        metavar="N",
        help="how far back, by default 60",
    )


async def _run(here: Here) -> int:
    typed = here.arguments
    async with on_render(here) as there:
        services = [there.service(name) for name in typed.service or ()] or there.there()
        found = [
            await read_gauges(
                there.api, service, there.api.caller.clock.now(), minutes=typed.minutes
            )
            for service in services or [there.service(None)]
        ]
    steps = BLOCKS if here.terminal.has(BLOCKS) else PLAIN
    if typed.json:
        here.terminal.line(metrics_document(found))
    else:
        here.terminal.line(*metrics_lines(found, steps))
    return DONE


RENDER_METRICS = Command(
    "render metrics", "processor, memory and instances on Render", _options, _run
)
