"""What is found where a role has several services."""

from dataclasses import replace
from pathlib import Path

from core.render.checklist.evidence import State
from tests.support.checklists import JOBS, case, lines, remote, state
from tests.support.preflight import CLEAN, WORKER

START = CLEAN["render.yaml"].index("  - type: worker")
END = CLEAN["render.yaml"].index("  - type: keyvalue")
SECOND = CLEAN["render.yaml"][START:END].replace("name: worker\n", "name: mails\n", 1)
TWO = {"render.yaml": CLEAN["render.yaml"][:END] + SECOND + CLEAN["render.yaml"][END:]}
MAILS = replace(JOBS, service=replace(JOBS.service, name="mails", start_command=WORKER))


def test_every_worker_must_be_ready_and_one_must_do_a_task(tmp_path: Path) -> None:
    silent = remote(replace(MAILS, lines=lines("hello")))
    assert state("worker-ready", case(tmp_path, TWO, silent)) is State.UNKNOWN
    assert state("completed", case(tmp_path, TWO, silent)) is State.DONE
    assert state("worker-ready", case(tmp_path, TWO, remote(MAILS))) is State.DONE


def test_only_a_person_knows_what_a_person_saw(tmp_path: Path) -> None:
    for id in ("sent", "status"):
        assert state(id, case(tmp_path)) is State.UNKNOWN
