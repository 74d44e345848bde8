"""The panel's commands; test_window.py runs those of tasks from the palette."""

from PySide6.QtCore import Qt

from tests.desktop.conftest import Player
from tests.support.stage import Stage, open_demo


def test_keys_of_the_panel_are_told_and_are_possible_in_it_alone(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        own = [each for each in stage.window.deeds.commands() if each.key == "Ctrl+J"]
        assert [(each.label, each.possible()) for each in own] == [("Form or JSON", False)]
        stage.qtbot.keyClick(stage.window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        assert own[0].possible()

    play(scene)


def test_without_a_project_there_is_no_task_to_send(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        labels = [each.label for each in stage.window.deeds.listed() if each.possible()]
        assert not any(label.startswith("Send") for label in labels)

    play(scene)
