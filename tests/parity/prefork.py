"""The reference: one prefork worker, started as production starts it."""

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

from tests.parity.scenario import Scenario
from tests.parity.workers import APP, LIMIT_S, PROJECT, Stop


class Prefork:
    """`celery -A parity_app worker -c N`; POSIX only."""

    nodes = 1

    def __init__(self, scenario: Scenario, url: str, python: Path, folder: Path) -> None:
        self._command = [
            *(str(python), "-m", "celery", "-A", APP, "worker", "--pool=prefork"),
            *("-c", str(scenario.workers), "-n", "prefork@parity", "--loglevel=INFO"),
            *("--without-gossip", "--without-mingle"),
        ]
        self._env = {**os.environ, **scenario.variables(url), "PYTHONUNBUFFERED": "1"}
        self._log = folder / "prefork.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=PROJECT,
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def stop(self, how: Stop) -> None:
        assert self._process is not None
        self._process.send_signal(signal.Signals[how.value])
        self.wait_gone()

    def wait_gone(self) -> None:
        assert self._process is not None
        self._process.wait(LIMIT_S)

    def revive(self) -> None:
        self.wait_gone()
        self.start()

    def close(self) -> None:
        if self._process is not None and self._process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(LIMIT_S)

    def log(self) -> str:
        return self._log.read_text(errors="replace") if self._log.exists() else ""
