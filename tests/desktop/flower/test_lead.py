"""From the button on the rail to Flower's page; the browser alone is not real."""

import asyncio
import http.client
from base64 import b64encode

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from core.errors import FleetError
from core.flower.plan import NAME
from core.workers.phase import Phase
from desktop.flower import lead
from desktop.widgets.error_card import ErrorCard
from tests.desktop.conftest import Player
from tests.support.qt import emitted
from tests.support.stage import Stage, open_demo


class Browser:
    """Takes the addresses that are opened."""

    def __init__(self, stage: Stage) -> None:
        self.news = asyncio.Event()
        self.opened: list[str] = []
        stage.window.flower.open_url = self.open

    def open(self, url: QUrl) -> bool:
        self.opened.append(url.toString())
        self.news.set()
        return True


def press_flower(stage: Stage) -> None:
    found = stage.window.rail.findChildren(QToolButton)
    button = next(each for each in found if each.accessibleName() == "Open Flower")
    stage.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def status(url: str, user: str, password: str) -> int:
    at = QUrl(url)
    connection = http.client.HTTPConnection(at.host(), at.port(), timeout=10)
    login = b64encode(f"{user}:{password}".encode()).decode()
    try:
        connection.request("GET", at.path(), headers={"Authorization": f"Basic {login}"})
        return connection.getresponse().status
    finally:
        connection.close()


def test_a_click_starts_it_and_opens_its_page_where_the_copied_password_lets_in(
    play: Player,
) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        browser = Browser(stage)
        press_flower(stage)
        await browser.news.wait()
        dialog = stage.window.flower.dialog
        assert dialog is not None
        words = [each.text() for each in dialog.findChildren(QLabel)]
        assert any(text.endswith("It sees 4 workers.") for text in words)
        copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Copy password")
        stage.qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
        password = QGuiApplication.clipboard().text()
        (url,) = browser.opened
        assert "@" not in url
        assert await asyncio.to_thread(status, url, "solofleet", password) == 200
        stage.desk.hub.flush()
        assert stage.page.logs.panes.pane(NAME).isVisible()
        store = stage.session.log(NAME)
        assert not any(password in line for line in store.slice(store.first, store.end))
        dialog.close()
        press_flower(stage)  # it runs: the page is opened again
        assert browser.opened == [url, url]
        assert [row.run for row in stage.session.company.rows] == [1]

    play(scene)


def test_stopped_in_its_pane_it_is_started_anew_by_the_button(play: Player) -> None:
    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        browser = Browser(stage)
        press_flower(stage)
        await browser.news.wait()
        stage.desk.stop(NAME)
        await stage.until(lambda: stage.session.company.rows[0].phase is Phase.EXITED)
        browser.news.clear()
        press_flower(stage)
        await browser.news.wait()
        assert stage.session.company.rows[0].run == 2

    play(scene)


def test_where_it_cannot_run_a_card_says_why_and_what_to_do(
    play: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(session: object) -> None:
        raise FleetError("Flower 0.9 does not run", "it is too old", "install a newer one")

    async def scene(stage: Stage) -> None:
        await open_demo(stage)
        browser = Browser(stage)
        with monkeypatch.context() as patch:
            patch.setattr(lead, "start_flower", refuse)
            press_flower(stage)
            await emitted(stage.desk.failed)
        card = stage.window.findChild(ErrorCard)
        assert card is not None
        assert {"Flower 0.9 does not run", "It is too old", "Install a newer one"} <= {
            each.text() for each in card.findChildren(QLabel)
        }
        assert stage.window.flower.dialog is None
        assert browser.opened == []
        press_flower(stage)  # once more, after it was mended
        await browser.news.wait()

    play(scene)
