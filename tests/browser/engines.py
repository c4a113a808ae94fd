"""One window in each browser engine, with the same five things to do in it."""

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import webdriver
from PIL import Image
from playwright.sync_api import Page, sync_playwright
from serving import chromium, find_chromium

SIZE = {"width": 1280, "height": 900}


class Engine(Protocol):
    """A window of a browser."""

    def visit(self, address: str) -> None:
        """Load a page."""

    def run(self, function: str, argument: Any = None) -> Any:
        """Call a function of JavaScript, which may be asynchronous; return its value."""

    def press(self, keys: str) -> None:
        """Press a key, or several at once: Control+z."""

    def picture(self) -> Image.Image:
        """Return a picture of what the window shows."""

    def troubles(self) -> list[str]:
        """Return the errors that the console has told of since the start."""


class Tab:
    """A window of a browser that Playwright drives."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._troubles: list[str] = []
        page.on("pageerror", lambda error: self._troubles.append(str(error)))
        page.on(
            "console",
            lambda message: message.type == "error" and self._troubles.append(message.text),
        )

    def visit(self, address: str) -> None:
        self._page.goto(address)

    def run(self, function: str, argument: Any = None) -> Any:
        return self._page.evaluate(function, argument)

    def press(self, keys: str) -> None:
        self._page.keyboard.press("Space" if keys == " " else keys)

    def picture(self) -> Image.Image:
        return Image.open(io.BytesIO(self._page.screenshot()))

    def troubles(self) -> list[str]:
        return self._troubles


@contextmanager
def open_chromium(executable: str, folder: Path) -> Iterator[Engine]:
    """Open a window of Chromium."""
    with chromium(executable) as browser:
        yield Tab(browser.new_page(viewport=SIZE))


@contextmanager
def open_firefox(executable: str, folder: Path) -> Iterator[Engine]:
    """Open a window of the system's own Firefox, by WebDriver BiDi, which Firefox speaks itself."""
    with sync_playwright() as playwright:
        browser = playwright.firefox.launch(channel="moz-firefox", executable_path=executable)
        try:
            yield Tab(browser.new_page(viewport=SIZE))
        finally:
            browser.close()


@contextmanager
def open_webkit(executable: str, folder: Path) -> Iterator[Engine]:
    """Open a window of WebKitGTK, the engine of Safari."""
    with webdriver.webkit(executable, folder / "webkit.log") as session:
        yield session


ENGINES = {
    "chromium": (find_chromium, open_chromium),
    "firefox": (lambda: shutil.which("firefox-esr") or shutil.which("firefox"), open_firefox),
    "webkit": (lambda: shutil.which("Xvfb") and shutil.which("WebKitWebDriver"), open_webkit),
}
"""How to find each engine, and how to open a window in it."""
