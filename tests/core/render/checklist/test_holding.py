"""Whether a service has its variables: the box flips both ways."""

from dataclasses import replace
from pathlib import Path

from core.render.checklist.evidence import State
from tests.support.checklists import (
    COMMIT,
    JOBS,
    NO_KEY,
    WEB,
    case,
    found,
    remote,
    state,
)
from tests.support.preflight import CLEAN, clean


def blueprint(old: str, new: str) -> dict[str, str]:
    return {"render.yaml": clean("render.yaml", old, new)}


def test_variables_are_known_from_the_file_or_from_render(tmp_path: Path) -> None:
    asked = blueprint("value: INFO", "value: INFO\n      - {key: KEY, generateValue: true}")
    assert state("web-variables", case(tmp_path, said=NO_KEY)) is State.DONE
    assert state("web-variables", case(tmp_path, asked, NO_KEY)) is State.DONE
    assert state("web-variables", case(tmp_path, asked)) is State.OPEN
    there = remote(replace(WEB, variables=WEB.variables | {"KEY"}))
    answer = found("web-variables", case(tmp_path, asked, there))
    assert answer.state is State.DONE
    assert answer.evidence[-1].commit == COMMIT


def test_what_is_typed_into_the_dashboard_only_render_knows(tmp_path: Path) -> None:
    group = "      - fromGroup: shared\n"
    asked = blueprint(group, f"{group}      - {{key: TOKEN, sync: false}}\n")
    answer = found("web-variables", case(tmp_path, asked, NO_KEY))
    assert answer.state is State.UNKNOWN
    assert "TOKEN" in answer.why
    assert answer.tells == "Make a key."
    assert state("web-variables", case(tmp_path, asked)) is State.OPEN


def test_a_group_that_is_made_in_the_dashboard_only_render_knows(tmp_path: Path) -> None:
    text = CLEAN["render.yaml"].replace("fromGroup: shared", "fromGroup: elsewhere")
    answer = found("worker-variables", case(tmp_path, {"render.yaml": text}, NO_KEY))
    assert answer.state is State.UNKNOWN
    assert "what the group elsewhere has" in answer.why
    assert state("worker-variables", case(tmp_path, {"render.yaml": text})) is State.DONE


def test_who_needs_no_variable_has_all_of_them(tmp_path: Path) -> None:
    start = CLEAN["render.yaml"].index("    envVars:")
    app = CLEAN["proj/app.py"].replace('os.environ["REDIS_URL"]', '"redis://broker:6379"')
    bare = {"render.yaml": CLEAN["render.yaml"][:start], "proj/app.py": app}
    (shown,) = found("web-variables", case(tmp_path, bare, NO_KEY)).evidence
    assert (shown.place, shown.words) == ("render.yaml:2", "web needs none")


def test_a_variable_that_code_needs_and_nobody_has_is_told_with_its_place(tmp_path: Path) -> None:
    reading = {"proj/app.py": CLEAN["proj/app.py"] + '\nkey = os.environ["MAIL_KEY"]\n'}
    for said in (remote(), NO_KEY):
        answer = found("worker-variables", case(tmp_path, reading, said))
        assert answer.state is State.OPEN
        assert "MAIL_KEY" in answer.why
        assert "proj/app.py:9" in [each.place for each in answer.evidence]


def test_two_brokers_are_not_the_same_variables(tmp_path: Path) -> None:
    one = "        fromService: {type: keyvalue, name: broker, property: connectionString}"
    head, _, rest = CLEAN["render.yaml"].partition(one)
    text = f"{head}        value: redis://elsewhere:6379{rest}"
    answer = found("worker-variables", case(tmp_path, {"render.yaml": text}))
    assert answer.state is State.OPEN


def test_what_comes_from_another_service_need_not_be_listed_by_render(tmp_path: Path) -> None:
    listed = remote(replace(JOBS, variables=frozenset({"LOG_LEVEL"})))
    assert state("worker-variables", case(tmp_path, said=listed)) is State.DONE
    none = remote(replace(JOBS, variables=frozenset()))
    assert state("worker-variables", case(tmp_path, said=none)) is State.OPEN


def test_what_helps_is_what_sets_the_variable(tmp_path: Path) -> None:
    none = remote(replace(JOBS, variables=frozenset()))
    assert "sync the Blueprint" in found("worker-variables", case(tmp_path, said=none)).tells
    reading = {"proj/app.py": CLEAN["proj/app.py"] + '\nkey = os.environ["MAIL_KEY"]\n'}
    answer = found("worker-variables", case(tmp_path, reading))
    assert answer.tells == "solofleet render env --push MAIL_KEY"
