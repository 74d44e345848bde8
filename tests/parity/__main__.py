"""Shows both sides of scenarios, or renews what is kept of them.

    python -m tests.parity [--write] [--logs] [SCENARIO ...]

`--write` renews what these scenarios, or all of them, say in `tests/parity/recorded.json`, and then
`docs/parity.md`; but not while a scenario that is not listed in `differences.py` differs, or one
that is listed agrees.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.parity.differences import DIFFERENCES
from tests.parity.document import DOCUMENT, document
from tests.parity.recording import record, recorded
from tests.parity.running import CELERY, Both, Runs
from tests.parity.scenarios import SCENARIOS
from tests.support.broker import running_server
from tests.support.program import homes


def main() -> int:
    """The exit code: 1 when something is not as `differences.py` says."""
    parser = argparse.ArgumentParser(prog="python -m tests.parity")
    parser.add_argument("names", nargs="*", metavar="SCENARIO", default=list(SCENARIOS))
    parser.add_argument("--write", action="store_true", help="renew the document and the record")
    parser.add_argument("--logs", action="store_true", help="show what the workers wrote")
    given = parser.parse_args()
    seen = run(given.names, logs=given.logs)
    wrong = [name for name, both in seen.items() if bool(both.differences) != (name in DIFFERENCES)]
    print(f"{len(seen) - len(wrong)} of {len(seen)} are as expected")
    if wrong:
        print("not so:", *wrong)
        return 1
    if given.write:
        answers = recorded() | {name: both.prefork for name, both in seen.items()}
        answers = {name: answers[name] for name in SCENARIOS if name in answers}
        record(answers)
        DOCUMENT.write_text(document(recorded(), DIFFERENCES, CELERY), "utf-8", newline="\n")
    return 0


def run(names: list[str], *, logs: bool) -> dict[str, Both]:
    """Run these scenarios, and print what became of each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ.update(homes(folder))
        started = time.monotonic()
        with (
            running_server(folder) as server,
            Runs(names, server, folder) as runs,
        ):
            seen: dict[str, Both] = {}
            for each in names:
                seen[each] = runs.of(each)
                show(each, seen[each], logs=logs)
            print(f"{time.monotonic() - started:.0f} s")
            return seen


def show(name: str, both: Both, *, logs: bool) -> None:
    """Print one scenario: where the sides differ, and all of prefork's answer if they do."""
    print(f"# {name}: {'differs' if both.differences else 'agrees'}", flush=True)
    if both.differences:
        print(f"    {json.dumps(both.prefork, ensure_ascii=False)}")
        print("    prefork | fleet", *both.differences, sep="\n    ")
    if logs:
        print(both.logs)


if __name__ == "__main__":
    sys.exit(main())
