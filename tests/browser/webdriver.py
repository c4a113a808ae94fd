"""Firefox and WebKit, driven by the commands of WebDriver: https://www.w3.org/TR/webdriver2/.

These tests need seven of them. WebKit's driver takes them over HTTP; Firefox itself takes them by
the same names through a socket, as Mozilla's own driver hands them on:
https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html. That driver is in no
registry of packages, and Selenium, which needs it, would bring a dozen packages along.
"""

import base64
import io
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image

WAIT = 180
"""Seconds that a command or a start may take, on a machine that has much else to do."""
SIZE = {"width": 1280, "height": 1000}
PATHS = {
    "SetTimeouts": "/timeouts",
    "SetWindowRect": "/window/rect",
    "Navigate": "/url",
    "ExecuteAsyncScript": "/execute/async",
    "PerformActions": "/actions",
    "TakeScreenshot": "/screenshot",
}
"""Where a driver takes a command over HTTP."""
KEYS = {
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Shift": "\ue008",
    "Control": "\ue009",
    "Escape": "\ue00c",
}
CALL = """
const [argument, done] = arguments;
(async () => (FUNCTION)(argument))().then(
    value => done({value}),
    error => done({error: `${error}`}),
);
"""
PREFERENCES = 'user_pref("marionette.port", 0);\n'  # any that is free; it is told in the profile

Send = Callable[[str, dict[str, Any]], Any]
"""Sends a command with its parameters, and returns what comes back."""


class WebDriverError(Exception):
    """The browser has refused a command, or a script in it has failed."""


class Window:
    """A browser's window.

    Args:
        send: Sends it a command.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        send("SetTimeouts", {"script": 1000 * WAIT})
        send("SetWindowRect", SIZE)

    def visit(self, address: str) -> None:
        """Load a page."""
        self._send("Navigate", {"url": address})

    def run(self, function: str, argument: Any = None) -> Any:
        """Call a function of JavaScript, which may be asynchronous; return its value."""
        script = CALL.replace("FUNCTION", function)
        answer = self._send("ExecuteAsyncScript", {"script": script, "args": [argument]})
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
        keyboard = {"type": "key", "id": "keyboard", "actions": actions}
        self._send("PerformActions", {"actions": [keyboard]})

    def picture(self) -> Image.Image:
        """Return a picture of what the window shows."""
        picture = self._send("TakeScreenshot", {"full": False})
        return Image.open(io.BytesIO(base64.b64decode(picture)))


@contextmanager
def webkit(driver: str) -> Iterator[Window]:
    """Open WebKitGTK's small browser on a screen of its own, by its driver."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with display() as screen:
        environment = {**os.environ, "DISPLAY": screen}
        with process([driver, f"--port={port}"], env=environment) as running:
            connect(port, running).close()
            address = f"http://127.0.0.1:{port}/session"
            session = ask(address, {"capabilities": {}})["sessionId"]

            def send(command: str, parameters: dict[str, Any]) -> Any:
                isshown = command == "TakeScreenshot"
                return ask(f"{address}/{session}{PATHS[command]}", None if isshown else parameters)

            try:
                yield Window(send)
            finally:
                ask(f"{address}/{session}", None, "DELETE")


@contextmanager
def firefox(executable: str, profile: Path) -> Iterator[Window]:
    """Open Firefox without a screen, with a profile in an empty folder."""
    (profile / "user.js").write_text(PREFERENCES)
    told = profile / "MarionetteActivePort"
    command = [executable, "--marionette", "--headless", "--no-remote", "--profile", str(profile)]
    with process(command) as running:
        wait_for(told.is_file, running)
        port = int(told.read_text())
        with connect(port, running) as connection, connection.makefile("rb") as stream:
            receive(stream)  # the greeting

            def send(command: str, parameters: dict[str, Any]) -> Any:
                message = json.dumps([0, 1, f"WebDriver:{command}", parameters]).encode()
                connection.sendall(b"%d:%b" % (len(message), message))
                _, _, error, result = receive(stream)
                if error:
                    raise WebDriverError(error["message"])
                return result.get("value", result)

            send("NewSession", {})
            yield Window(send)


def ask(address: str, body: dict[str, Any] | None, method: str | None = None) -> Any:
    """Ask a driver over HTTP; return the value of its answer."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(address, data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=WAIT + 5) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as error:
        raise WebDriverError(json.load(error)["value"]["message"]) from error


def receive(stream: io.BufferedReader) -> Any:
    """Read one message: its length, a colon, and JSON."""
    length = b""
    while (digit := stream.read(1)) != b":":
        length += digit
    return json.loads(stream.read(int(length)))


@contextmanager
def process(command: list[str], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program without its words, and end it."""
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **silent, **options) as running:
        try:
            yield running
        finally:
            running.terminate()


@contextmanager
def display() -> Iterator[str]:
    """Run a screen that nobody sees; yields its name."""
    reading, writing = os.pipe()
    screen = ["-screen", "0", "1400x1200x24", "-nolisten", "tcp"]
    with (
        os.fdopen(reading) as told,
        process(["Xvfb", "-displayfd", str(writing), *screen], pass_fds=[writing]),
    ):
        os.close(writing)
        yield f":{told.readline().strip()}"


def connect(port: int, running: subprocess.Popen[bytes]) -> socket.socket:
    """Connect to a port of a program that is starting."""
    found: list[socket.socket] = []

    def answers() -> bool:
        try:
            found.append(socket.create_connection(("127.0.0.1", port), timeout=WAIT + 5))
        except ConnectionRefusedError:
            return False
        return True

    wait_for(answers, running)
    return found[0]


def wait_for(holds: Callable[[], bool], running: subprocess.Popen[bytes]) -> None:
    """Wait until something holds that a starting program brings about."""
    end = time.monotonic() + WAIT
    while not holds():
        if running.poll() is not None or time.monotonic() > end:
            raise WebDriverError(f"{running.args} has not started, exit code {running.returncode}")
        time.sleep(0.05)
