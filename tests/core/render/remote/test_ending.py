"""Why deploys end badly, from their news."""

from core.render.api.answers import Deploy, Service
from core.render.api.event import Event
from core.render.api.following import DeployChanged, Happened, Printed, Trouble
from core.render.api.log_line import LogLine
from core.render.remote.ending import SHOWN, Ended, Ending

JOBS = Service.read({"name": "jobs", "type": "background_worker"})


def deploy(status: str) -> DeployChanged:
    return DeployChanged(Deploy.read({"id": "dep-1", "status": status}))


def line(text: str, type: str = "app") -> Printed:
    labels = [{"name": "type", "value": type}]
    return Printed(LogLine.read({"id": text, "message": text, "labels": labels}))


def failed(id: str = "dep-1", type: str = "deploy_ended", **reason: object) -> Happened:
    details = {"deployId": id, "reason": {"failure": reason}}
    return Happened(Event.read({"type": type, "details": details}))


def ended(status: str, *news: Happened | Printed) -> Ended:
    ending = Ending(JOBS)
    for each in (deploy("build_in_progress"), *news):
        ending.take(each)
        assert ending.explain() is None
    ending.take(deploy(status))
    found = ending.explain()
    assert found is not None
    return found


def test_the_last_lines_are_those_of_the_step_that_failed() -> None:
    build = [line(f"b{n}", "build") for n in range(20)]
    told = ended("build_failed", *build, line("of an instance"))
    assert told.lines == tuple(f"b{n}" for n in range(20 - SHOWN, 20))
    assert ended("update_failed", *build, line("of an instance")).lines == ("of an instance",)
    assert ended("update_failed", build[0]).lines == ("b0",)
    assert told.deploy.status == "build_failed"


def test_the_failure_of_the_deploy_itself_counts_before_that_of_an_instance() -> None:
    instance = failed("", "server_failed", nonZeroExit=2)
    of_other = failed("dep-0", nonZeroExit=9)
    assert ended("update_failed", of_other, instance).error.why == "exit code 2"
    own = failed(nonZeroExit=3)
    assert ended("update_failed", of_other, own, instance).error.why == "exit code 3"


def test_what_is_live_has_nothing_to_explain() -> None:
    ending = Ending(JOBS)
    assert ending.explain() is None
    ending.take(Trouble("lost"))
    ending.take(Happened(Event.read({"type": "deploy_started"})))
    ending.take(deploy("live"))
    assert ending.explain() is None
