"""What each worker group of a project runs, how many, under which names."""

import pytest

from core.errors import USAGE, FleetError
from core.groups import WorkerGroup, group_named, size_reason, worker_groups
from core.settings.merged import Settings, merge
from core.settings.origin import Layer, Origin, Setting
from core.settings.variables import read_variables
from core.wishes import Wishes, worker_spec
from core.workers.mode import Mode
from core.workers.names import this_host
from core.workers.spec import WorkerSpec
from tests.support.groups import reading_of, settings_of
from tests.support.projects import project

TWO = """\
[groups.mail]
workers = 2
queues = ["mail"]
env = { GREETING = "hello" }
[groups.rest]
"""


def groups(text: str | Settings, wishes: Wishes | None = None) -> tuple[WorkerGroup, ...]:
    settings = settings_of(text) if isinstance(text, str) else text
    return worker_groups(project(settings=settings), wishes or Wishes(), {})


def refusal(text: str | Settings, wishes: Wishes | None = None) -> FleetError:
    with pytest.raises(FleetError) as caught:
        groups(text, wishes)
    assert caught.value.exit_code == USAGE
    return caught.value


def nodes(*short: str) -> tuple[str, ...]:
    return tuple(f"{name}@{this_host()}" for name in short)


def spec(group: WorkerGroup, wishes: Wishes | None = None, text: str = TWO) -> WorkerSpec:
    opened = project(settings=settings_of(text))
    return group.spec(worker_spec(opened, wishes or Wishes(), {"GREETING": "env", "A": "1"}, None))


# --- Without groups ---


def test_without_groups_the_fleet_is_one_group_without_a_name() -> None:
    (group,) = groups("queues = ['a']", Wishes(workers=2))
    assert (group.name, group.count, group.reason) == (None, 2, "as asked")
    assert group.nodes == nodes("worker1", "worker2")
    assert size_reason((group,)) == "as asked"
    whole = worker_spec(project(), Wishes(), {}, None)
    assert group.spec(whole) is whole


def test_prefork_is_one_worker_that_runs_many_tasks() -> None:
    (group,) = groups("", Wishes(workers=3, mode=Mode.PREFORK))
    assert (group.count, group.nodes) == (3, nodes("worker1"))


# --- With groups ---


def test_each_group_has_its_workers_queues_and_variables() -> None:
    mail, rest = groups(TWO)
    assert (mail.nodes, rest.nodes) == (nodes("mail1", "mail2"), nodes("rest1"))
    assert (spec(mail).queues, spec(rest).queues) == (("mail",), ())
    assert (spec(mail).env["GREETING"], spec(rest).env["GREETING"]) == ("hello", "env")
    assert spec(mail).env["A"] == "1"
    assert size_reason((mail, rest)) == ("mail 2: workers in solofleet.toml; rest 1: the default")


def test_the_names_of_a_group_go_on_where_they_ended() -> None:
    (mail, _) = groups(TWO)
    assert mail.names(3) == nodes("mail1", "mail2", "mail3")


def test_what_a_group_does_not_say_is_the_projects() -> None:
    text = "queues = ['a']\nloglevel = 'debug'\nspare = true\n[groups.mail]\n[groups.rest]\n"
    text += "queues = ['b']\nloglevel = 'error'\nspare = false\n"
    mail, rest = groups(text)
    told = [(g.queues, g.loglevel, g.spare) for g in (spec(mail, text=text), spec(rest, text=text))]
    assert told == [(("a",), "debug", True), (("b",), "error", False)]


def test_the_log_level_of_a_nearer_layer_counts_for_all_groups() -> None:
    text = "[groups.mail]\nloglevel = 'error'\n[groups.rest]\n"
    wishes = Wishes(loglevel="debug")
    assert [group.settings.loglevel for group in groups(text, wishes)] == ["debug", "debug"]
    local = merge([reading_of(text), read_variables({"SOLOFLEET_LOGLEVEL": "info"})])
    assert [group.settings.loglevel for group in groups(local)] == ["info", "info"]


def test_what_tells_groups_apart_is_not_taken_from_a_file_for_all() -> None:
    project_file = reading_of(TWO)
    machine = {
        key: Setting(value, Origin(layer, "FILE"))
        for key, value, layer in (
            ("workers", 9, Layer.LOCAL),
            ("name", "x%i", Layer.USER),
            ("queues", ("q",), Layer.LOCAL),
        )
    }
    mail, rest = groups(merge([project_file]).over(machine))
    assert (mail.nodes, rest.nodes) == (nodes("mail1", "mail2"), nodes("rest1"))
    assert (mail.settings.queues, rest.settings.queues) == (("mail",), ("q",))


@pytest.mark.parametrize("mode", [Mode.PLAIN, Mode.PREFORK])
def test_what_only_the_fleet_can_do_is_not_asked_of_the_literal_command(mode: Mode) -> None:
    text = "[groups.mail]\nworkers = 2\nhoard = true\ndaemonic = true\nspare = true\n"
    wishes = Wishes(mode=mode)
    (mail,) = groups(text, wishes)
    made = spec(mail, wishes, text)
    assert (made.mode, made.hoards, made.daemonic, made.spare) == (mode, False, False, False)
    assert (made.concurrency, len(mail.nodes)) == (2, 1 if mode is Mode.PREFORK else 2)


# --- What is asked ---


def test_some_groups_can_be_chosen_in_the_order_of_the_file() -> None:
    text = f"{TWO}[groups.night]\n"
    chosen = groups(text, Wishes(groups=("night", "mail")))
    assert [group.name for group in chosen] == ["mail", "night"]


def test_a_single_group_takes_number_queues_and_names_from_the_command_line() -> None:
    wishes = Wishes(groups=("mail",), workers=3, queues=("b",), name="m%i@%h")
    (mail,) = groups(TWO, wishes)
    assert mail.nodes == nodes("m1", "m2", "m3")
    assert (mail.settings.queues, mail.reason) == (("b",), "as asked")


@pytest.mark.parametrize(
    ("wishes", "option", "key"),
    [
        (Wishes(workers=2), "-n", "workers"),
        (Wishes(queues=("a",)), "-Q", "queues"),
        (Wishes(name="w%i"), "--name", "name"),
    ],
)
def test_what_can_be_meant_for_one_group_only_is_refused_for_several(
    wishes: Wishes, option: str, key: str
) -> None:
    error = refusal(TWO, wishes)
    assert error.what == f"{option} cannot be meant for the groups mail, rest"
    assert f"each group has {key} of its own" in error.why
    assert "--group mail" in error.fix


def test_a_variable_that_can_be_meant_for_one_group_only_is_refused_for_several() -> None:
    settings = merge([reading_of(TWO), read_variables({"SOLOFLEET_WORKERS": "2"})])
    assert refusal(settings).what.startswith("SOLOFLEET_WORKERS cannot be meant")
    (rest,) = groups(settings, Wishes(groups=("rest",)))
    assert (rest.count, rest.reason) == (2, "SOLOFLEET_WORKERS")


def test_a_group_that_is_not_there_is_refused_with_those_that_are() -> None:
    error = refusal(TWO, Wishes(groups=("post",)))
    assert error.what == "there is no worker group post"
    assert "mail, rest" in error.why
    assert "the project has no groups" in refusal("", Wishes(groups=("post",))).why


def test_two_groups_cannot_have_workers_of_one_name() -> None:
    error = refusal("[groups.a]\nname = 'w%i@%h'\n[groups.b]\nname = 'w%i@%h'\n")
    assert error.what == f"the groups a, b would both have a worker named w1@{this_host()}"


def test_more_workers_than_a_machine_gets_are_refused() -> None:
    error = refusal("[groups.a]\nworkers = 40\n[groups.b]\nworkers = 40\n")
    assert (error.what, error.why) == (
        "the groups a, b are 80 workers",
        "one machine gets 64 at most",
    )


def test_a_group_is_found_by_its_name_and_the_only_one_without() -> None:
    both = groups(TWO)
    assert group_named(both, "rest") is both[1]
    assert group_named(both[:1], None) is both[0]
    for name, what in ((None, "not clear"), ("post", "no group post")):
        with pytest.raises(FleetError, match=what):
            group_named(both, name)


def test_variables_of_a_group_are_not_in_its_repr() -> None:
    assert "hello" not in repr(groups(TWO)[0])
