"""One notice in words."""

from collections.abc import Callable

from desktop.notices.notice import Notice


def test_it_says_whom_it_is_about_without_the_host(said: Callable[..., Notice]) -> None:
    assert said("crashed: exit 1", "worker4@box").title == "worker4"
    assert said("crashed: exit 1", "worker4@box").sentence == "worker4: crashed: exit 1"
    assert said("the machine slept for 60 s").title == "Solofleet"
    assert said("the machine slept for 60 s").sentence == "the machine slept for 60 s"
