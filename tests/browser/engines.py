"""One window in each browser engine, with the same four things to do in it."""

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

import webdriver
from PIL import Image
from playwright.sync_api import Browser, Page
from serving import Quiet

WATCH = b"""<head><script>{
    const note = text => {
        const known = JSON.parse(sessionStorage.troubles ?? "[]");
        sessionStorage.troubles = JSON.stringify([...known, String(text)]);
    };
    addEventListener("error", ({message, target}) => {
        if (message?.startsWith("ResizeObserver loop")) return; // what is left for the next frame
        if (message) note(message);
        else if (target.matches("script, img, [rel=stylesheet]")) note(target.outerHTML);
    }, true);
    addEventListener("securitypolicyviolation", ({effectiveDirective, blockedURI}) =>
        note(`refused by the policy: ${effectiveDirective} ${blockedURI}`));
    addEventListener("unhandledrejection", ({reason}) => note(reason));
    const {error} = console;
    console.error = (...words) => {
        note(words.join(" "));
        error(...words);
    };
}</script>"""


class Watched(Quiet):
    """Serves pages that note errors of scripts and what does not load, for any browser to tell."""

    def do_GET(self) -> None:  # noqa: N802 - the base class's name
        if self.file.suffix != ".html" or not self.file.is_file():
            return super().do_GET()
        body = self.file.read_bytes().replace(b"<head>", WATCH, 1)
        return self.answer(body, "text/html; charset=utf-8")


class Window(Protocol):
    """A window of a browser."""

    def visit(self, address: str) -> None:
        """Load a page."""

    def run(self, function: str, argument: Any = None) -> Any:
        """Call a function of JavaScript, which may be asynchronous; return its value."""

    def press(self, keys: str) -> None:
        """Press a key, or several at once: Control+z."""

    def picture(self) -> Image.Image:
        """Return a picture of what the window shows."""


class Tab:
    """A window of Chromium, which Playwright drives."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def visit(self, address: str) -> None:
        self._page.goto(address)

    def run(self, function: str, argument: Any = None) -> Any:
        return self._page.evaluate(function, argument)

    def press(self, keys: str) -> None:
        self._page.keyboard.press("Space" if keys == " " else keys)

    def picture(self) -> Image.Image:
        return Image.open(io.BytesIO(self._page.screenshot()))


def open_chromium(browser: Browser) -> Iterator[Window]:
    """Open a window of Chromium, of which a process runs one, as Playwright wants it.

    Pages in it have their policies.
    """
    page = browser.new_page(viewport={"width": 1280, "height": 900}, bypass_csp=False)
    yield Tab(page)
    page.close()


def open_webkit(executable: str, folder: Path) -> AbstractContextManager[Window]:
    """Open a window of WebKitGTK, the engine of Safari."""
    return webdriver.webkit(executable)


def find_firefox() -> str | None:
    """The path of the system's Firefox, None when there is none."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


def find_webkit() -> str | None:
    """The path of WebKitGTK's driver, None when it or a screen is missing."""
    return shutil.which("Xvfb") and shutil.which("WebKitWebDriver")


WAIT = """async () => {
    const end = performance.now() + 120_000; // that it comes is tested, not how soon
    while (!(CONDITION)) {
        if (performance.now() > end) throw new Error("waited in vain for CONDITION");
        await new Promise(done => setTimeout(done, 20));
    }
}"""
"""Waits for a condition of JavaScript."""


def wait(engine: Window, condition: str) -> None:
    """Wait until a condition of JavaScript holds in a window."""
    engine.run(WAIT.replace("CONDITION", condition))


Find = Callable[[], str | None]
Open = Callable[[str, Path], AbstractContextManager[Window]]
ENGINES: dict[str, tuple[Find, Open]] = {
    "firefox": (find_firefox, webdriver.firefox),
    "webkit": (find_webkit, open_webkit),
}
"""How to find each engine but Chromium, and how to open a window in it with an empty folder."""
