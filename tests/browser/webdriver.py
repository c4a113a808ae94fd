"""WebKit, driven by its own WebDriver: https://www.w3.org/TR/webdriver2/.

The protocol is JSON over HTTP, and these tests need six of its commands. Selenium would bring a
dozen packages for them.
"""

import base64
import io
import json
import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image

KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Control": "\ue009", "ArrowRight": "\ue014"}
CALL = """
const [argument, done] = arguments;
(async () => (FUNCTION)(argument))().then(
    value => done({value}),
    error => done({error: `${error}`}),
);
"""
OPTIONS = {
    "webkitgtk:browserOptions": {
        "args": ["--automation", "--enable-write-console-messages-to-stdout=true"],
    }
}
WAIT = 60
"""Seconds that a call or a start may take."""


class WebDriverError(Exception):
    """The browser has refused a command, or a script in it has failed."""


class Session:
    """A window of a browser that a driver has opened.

    Args:
        driver: The address of the driver.
        capabilities: What the browser is started with.
        log: The file that the browser writes its console to.
    """

    def __init__(self, driver: str, capabilities: dict[str, Any], log: Path) -> None:
        self._address = f"{driver}/session"
        self._log = log
        opened = self._ask("", {"capabilities": {"alwaysMatch": capabilities}})
        self._address += f"/{opened['sessionId']}"
        self._ask("/timeouts", {"script": 1000 * WAIT})

    def _ask(self, command: str, body: dict[str, Any] | None, method: str = "POST") -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self._address + command, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=WAIT) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise WebDriverError(json.load(error)["value"]["message"]) from error

    def close(self) -> None:
        """Close the window."""
        self._ask("", None, "DELETE")

    def visit(self, address: str) -> None:
        """Load a page."""
        self._ask("/url", {"url": address})

    def run(self, function: str, argument: Any = None) -> Any:
        """Call a function of JavaScript, which may be asynchronous; return its value."""
        script = CALL.replace("FUNCTION", function)
        answer = self._ask("/execute/async", {"script": script, "args": [argument]})
        if "error" in answer:
            raise WebDriverError(answer["error"])
        return answer.get("value")

    def press(self, keys: str) -> None:
        """Press a key, or several at once: Control+z."""
        codes = [KEYS.get(key, key) for key in keys.split("+")]
        actions = [
            *({"type": "keyDown", "value": code} for code in codes),
            *({"type": "keyUp", "value": code} for code in reversed(codes)),
        ]
        self._ask("/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def picture(self) -> Image.Image:
        """Return a picture of what the window shows."""
        return Image.open(io.BytesIO(base64.b64decode(self._ask("/screenshot", None, "GET"))))

    def troubles(self) -> list[str]:
        """Return the errors that the console has told of since the start."""
        return re.findall(
            r"^.*CONSOLE(?: \w+)? ERROR.*$", self._log.read_text("utf-8"), re.MULTILINE
        )


@contextmanager
def display() -> Iterator[str]:
    """Run a screen that nobody sees; yields its name."""
    reading, writing = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        "1400x1300x24",
        "-nolisten",
        "tcp",
    ]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as told:
                yield f":{told.readline().strip()}"
        finally:
            server.terminate()


@contextmanager
def webkit(driver: str, log: Path) -> Iterator[Session]:
    """Run WebKitGTK's small browser on a screen of its own.

    Args:
        driver: The path of WebKitWebDriver.
        log: The file that the browser writes its console to.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with display() as screen, log.open("wb") as output:
        environment = {**os.environ, "DISPLAY": screen}
        command = [driver, f"--port={port}"]
        with subprocess.Popen(command, env=environment, stdout=output, stderr=output) as process:
            try:
                wait_for(port)
                session = Session(f"http://127.0.0.1:{port}", OPTIONS, log)
                try:
                    yield session
                finally:
                    session.close()
            finally:
                process.terminate()


def wait_for(port: int) -> None:
    """Wait until something listens at a port."""
    end = time.monotonic() + WAIT
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return
