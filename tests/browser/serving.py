"""A folder served from this machine to this machine, and the browser that it has."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, Page, sync_playwright

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


class Quiet(SimpleHTTPRequestHandler):
    """Serves without a line in the log for each file, many by one connection."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""

    @property
    def file(self) -> Path:
        """The file that is asked for."""
        path = Path(self.translate_path(self.path))
        return path / "index.html" if path.is_dir() else path

    def answer(self, body: bytes, kind: str, status: int = 200, **headers: str) -> None:
        """Answer with what is not, or not so, in a file.

        Args:
            body: The answer.
            kind: Its type, as browsers name it.
            status: Its number in HTTP.
            headers: More headers, with `_` for `-`.
        """
        self.send_response(status)
        said = {"Content-Type": kind, "Content-Length": str(len(body)), **headers}
        for name, value in said.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def end_headers(self) -> None:
        """Let no browser keep a page: a test may write it again in the same second."""
        if self.path.partition("?")[0].endswith(("/", ".html")):
            self.send_header("Cache-Control", "no-store")
        super().end_headers()


@contextmanager
def serve(folder: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """Serve a folder on a free port of the loopback interface; yields its address.

    Args:
        folder: The folder.
        handler: What answers.
    """

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def find_chromium(*preferred: str) -> str | None:
    """The path of the system's Chromium or Chrome, None when there is none.

    Args:
        preferred: Names of programs that would suit better.
    """
    return next(filter(None, map(shutil.which, (*preferred, *BROWSERS))), None)


@contextmanager
def chromium(executable: str) -> Iterator[Browser]:
    """Run the browser, kept from speaking to anyone by itself, and without pages' policies."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-background-networking"]
        )
        # a condition that is waited for is evaluated in the page, which a policy would refuse
        browser.new_context = partial(browser.new_context, bypass_csp=True)  # type: ignore[method-assign]
        browser.new_page = partial(browser.new_page, bypass_csp=True)  # type: ignore[method-assign]
        try:
            yield browser
        finally:
            browser.close()


def troubles_of(page: Page) -> list[str]:
    """Return a list that takes a page's errors, of its console and its scripts, from now on."""
    troubles: list[str] = []
    page.on("console", lambda message: message.type == "error" and troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    return troubles


def pages(site: Path) -> list[str]:
    """Every page of a built site, by its address inside the site."""
    found = (path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return sorted(
        path.removesuffix("index.html") for path in found if not path.startswith("assets/")
    )
