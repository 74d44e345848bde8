"""Runs benchmarks: `python -m tests.benchmarks [NAME ...]`.

Prints a table for people and, as the last line, one JSON object. Bars are told, never enforced:
a ratio moves with the machine and with what else runs on it.
"""

import json
import sys

from tests.benchmarks import (
    concurrency,
    events,
    idle,
    ingest,
    panes,
    replace,
    search,
    startup,
    telemetry,
    window,
)

BENCHMARKS = {
    "telemetry": telemetry.measure,
    "concurrency": concurrency.measure,
    "replace": replace.measure,
    "ingest": ingest.measure,
    "search": search.measure,
    "events": events.measure,
    "startup": startup.measure,
    "panes": panes.measure,
    "window": window.measure,
    "idle": idle.measure,
}


def main(names: list[str]) -> None:
    """Run these, or all."""
    results = {}
    for name in names or list(BENCHMARKS):
        outcome = BENCHMARKS[name]()
        results[name] = outcome.as_json()
        print(outcome.as_table())
    print(json.dumps(results))


if __name__ == "__main__":
    main(sys.argv[1:])
