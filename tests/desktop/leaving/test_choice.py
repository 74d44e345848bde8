"""What was chosen for the next close."""

from desktop.leaving.choice import AtClose, Choices


def test_a_project_is_asked_about_until_something_is_chosen_for_it() -> None:
    choices = Choices()
    choices.note("shop", AtClose.KEEP)
    assert choices.of("shop") is AtClose.KEEP
    assert choices.of("blog") is AtClose.ASK
