"""Headless Chromium, as Debian has it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
)


class Browser:
    """One window of it."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self._driver = driver

    def log_in(self, url: str, user: str, password: str) -> None:
        """Open a page that asks for both, as by its dialog; later pages know them."""
        parts = urlsplit(url)
        self._driver.get(urlunsplit(parts._replace(netloc=f"{user}:{password}@{parts.netloc}")))
        self.open(url)

    def open(self, url: str) -> None:
        self._driver.get(url)

    @property
    def text(self) -> str:
        """What a person reads."""
        return self._driver.find_element(By.TAG_NAME, "body").text

    def table(self, selector: str) -> list[list[str]]:
        """The rows of a table's body, cell by cell."""
        read = (
            "return Array.from(document.querySelectorAll(arguments[0] + ' tbody tr'),"
            " row => Array.from(row.cells, cell => cell.innerText.trim()))"
        )
        return self._driver.execute_script(read, selector)


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """A browser for the time of the block; `folder` takes its files. Without one the test fails."""
    chromium, chromedriver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or chromedriver is None:
        if os.environ.get("SOLOFLEET_SKIP_BROWSER") == "1":
            pytest.skip("no Chromium here (SOLOFLEET_SKIP_BROWSER=1)")
        pytest.fail("no Chromium: tests/browser/prepare.sh, or set SOLOFLEET_SKIP_BROWSER=1")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in (*ARGUMENTS, f"--user-data-dir={folder}"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options, Service(chromedriver))
    try:
        yield Browser(driver)
    finally:
        driver.quit()
