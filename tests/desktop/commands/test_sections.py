"""The keys by group."""

from desktop.commands.command import Command
from desktop.commands.sections import Line, Section, sections


def command(label: str, group: str, key: str = "", also: str = "") -> Command:
    return Command(label, lambda: None, group, key, also=also)


def test_groups_come_as_they_first_do_and_have_what_has_a_key() -> None:
    found = sections(
        [
            command("Stop all", "Workers", "Ctrl+F5"),
            command("Find", "Logs", "Ctrl+F"),
            command("Restart worker1", "Workers"),
            command("Search", "Workers", "Ctrl+K", also="Ctrl+Shift+P"),
        ]
    )
    assert found == (
        Section(
            "Workers",
            (Line("Stop all", ("Ctrl+F5",)), Line("Search", ("Ctrl+K", "Ctrl+Shift+P"))),
        ),
        Section("Logs", (Line("Find", ("Ctrl+F",)),)),
    )


def test_numbered_ones_are_one_line() -> None:
    panes = [command(f"Go to pane {number}", "Logs", f"Alt+{number}") for number in range(1, 9)]
    ((section),) = sections(panes)
    assert section.lines == (Line("Go to pane 1 to 8", ("Alt+1", "Alt+8"), to_last=True),)


def test_one_that_does_two_things_by_one_key_is_told_twice() -> None:
    both = [command("Start all", "Workers", "Ctrl+F5"), command("Stop all", "Workers", "Ctrl+F5")]
    assert [line.label for line in sections(both)[0].lines] == ["Start all", "Stop all"]
