"""Node names from templates."""

import socket

import pytest

from core.errors import USAGE, FleetError
from core.workers.names import DEFAULT_TEMPLATE, names, this_host


def test_the_default_counts_from_one() -> None:
    assert names(DEFAULT_TEMPLATE, 2, "HOST") == ("worker1@HOST", "worker2@HOST")


@pytest.mark.parametrize(
    "template",
    [
        "worker1@%h",
        "worker@%h",
        "worker%i@%h",
        "worker1@%computername%",
        "worker1@%COMPUTERNAME%",
        "worker1@%ComputerName%",
        "worker1@%hostname%",
        "worker1@$env:COMPUTERNAME",
        "worker1@${env:COMPUTERNAME}",
        "worker1@$HOSTNAME",
        "worker1@${HOSTNAME}",
        "worker1@$(hostname)",
        "worker1@HOST",
        "worker1@%n",
        "worker1",
        "worker",
    ],
)
def test_every_spelling_of_the_host_gives_the_same_names(template: str) -> None:
    assert names(template, 2, "HOST") == ("worker1@HOST", "worker2@HOST")


def test_the_parts_of_a_host_with_a_domain() -> None:
    assert names("w%i@%h", 1, "george.example.com") == ("w1@george.example.com",)
    assert names("w%i@%n", 1, "george.example.com") == ("w1@george",)
    assert names("w%i@%d", 1, "george.example.com") == ("w1@example.com",)
    assert names("%n%i@%h", 1, "george") == ("george1@george",)


def test_a_number_at_the_end_is_where_counting_starts() -> None:
    assert names("worker3@%h", 2, "H") == ("worker3@H", "worker4@H")
    assert names("worker08@%h", 3, "H") == ("worker08@H", "worker09@H", "worker10@H")
    assert names("7@%h", 2, "H") == ("7@H", "8@H")


def test_the_number_may_stand_anywhere() -> None:
    assert names("w%i-eu@%h", 2, "H") == ("w1-eu@H", "w2-eu@H")
    assert names("worker@%h-%i", 2, "H") == ("worker@H-1", "worker@H-2")


def test_a_larger_count_only_adds_names() -> None:
    assert names("worker@%h", 9, "H")[:4] == names("worker@%h", 4, "H")
    assert names("worker@%h", 0, "H") == ()


def test_a_doubled_percent_sign_is_one() -> None:
    assert names("a%%i@%h", 2, "H") == ("a%i1@H", "a%i2@H")


def test_characters_of_the_host_that_do_not_fit_become_hyphens() -> None:
    assert names("w%i@%h", 1, "Jürgen's PC, 100%") == ("w1@Jürgen-s-PC--100-",)
    assert names("w%i@%h", 1, "") == ("w1@localhost",)


@pytest.mark.parametrize(
    ("template", "part"),
    [
        ("", "empty"),
        ("  ", "' '"),
        ("worker 1@%h", "' '"),
        ("a@b@%h", "more than one @"),
        ("@%h", "no name"),
        ("worker@", "no host"),
        ("worker@%X", "%X stands for nothing"),
        ("worker@%I", "%I stands for nothing"),
        ("worker@100%", "% stands for nothing"),
        ("worker@%PROCESSOR%", "%P stands for nothing"),
        ("worker@$USER", "'$'"),
        ("a,b@%h", "','"),
        ("w1@%d", "this host, H, has no such part"),
    ],
)
def test_an_impossible_template_is_refused_with_its_fault(template: str, part: str) -> None:
    with pytest.raises(FleetError) as caught:
        names(template, 1, "H")
    assert repr(template) in caught.value.what
    assert part in caught.value.why
    assert DEFAULT_TEMPLATE in caught.value.fix
    assert caught.value.exit_code == USAGE


def test_this_host_is_what_celery_would_say() -> None:
    assert this_host().lower() == socket.gethostname().lower()
