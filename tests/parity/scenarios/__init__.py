"""Everything that is tried, by name, in the order of the document."""

from tests.parity.scenario import Scenario
from tests.parity.scenarios import (
    canvas,
    deaths,
    delivery,
    limits,
    processes,
    remote,
    results,
    revokes,
    schedule,
    stops,
)

CHAPTERS: dict[str, tuple[Scenario, ...]] = {
    "Time limits": limits.SCENARIOS,
    "Revoking": revokes.SCENARIOS,
    "Processes that die": deaths.SCENARIOS,
    "Processes of the pool": processes.SCENARIOS,
    "Acknowledging": delivery.SCENARIOS,
    "Results": results.SCENARIOS,
    "Tasks that belong together": canvas.SCENARIOS,
    "When a task runs": schedule.SCENARIOS,
    "Remote control": remote.SCENARIOS,
    "Stopping": stops.SCENARIOS,
}

SCENARIOS = {each.name: each for chapter in CHAPTERS.values() for each in chapter}
