"""What is to happen when the window is closed while workers run."""

from enum import StrEnum


class AtClose(StrEnum):
    """What a person chose, for one project."""

    ASK = "ask"
    KEEP = "keep in tray"
    STOP = "stop all"


class Choices:
    """What was chosen, by the name of the project, for as long as the program runs."""

    def __init__(self) -> None:
        self._chosen: dict[str, AtClose] = {}

    def of(self, project: str) -> AtClose:
        """What to do for this project."""
        return self._chosen.get(project, AtClose.ASK)

    def note(self, project: str, choice: AtClose) -> None:
        """Do this from now on."""
        self._chosen[project] = choice
