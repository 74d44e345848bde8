"""The curtain goes when the window is there."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from desktop import app, start
from desktop.curtain import Curtain


def curtains(application: QApplication) -> list[Curtain]:
    shown = application.topLevelWidgets()
    return [each for each in shown if isinstance(each, Curtain) and each.isVisible()]


def test_a_curtain_is_there_until_the_window_is(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def run(
        application: QApplication,
        ready: Callable[[], object],
        *,
        open_demo: bool = False,
        project: str | None = None,
    ) -> int:
        seen.append(len(curtains(application)))
        ready()
        seen.append(len(curtains(application)))
        return 7

    def the_one(arguments: list[str]) -> QApplication:
        return qapp

    monkeypatch.setattr(start, "QApplication", the_one)
    monkeypatch.setattr(app, "run", run)
    assert start.start(open_demo=True) == 7
    assert seen == [1, 0]
