"""The log of a fleet in good health."""

from pathlib import Path

from tests.support.program import ROOT, solofleet

DEMO = ROOT / "resources" / "demo"


def healthy_lines(folder: Path) -> list[bytes]:
    """What two workers of the demo print while they run each of its tasks that succeed."""
    with solofleet("demo", "--headless", "-n", "2", "--json", folder=folder) as demo:
        assert demo.end() == 0
    overrun = ("--send", "celery_queue.tasks.overrun", "--exit-when-done", "--json", "-n", "1")
    with solofleet("up", str(DEMO), "--broker", "builtin", *overrun, folder=folder) as up:
        assert up.end() == 0
    logs = sorted(folder.rglob("*.log"))
    lines = [line for log in logs for line in log.read_bytes().splitlines(keepends=True)]
    assert len(logs) == 3 and len(lines) > 30
    return lines
