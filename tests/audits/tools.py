"""The tools of this folder's package.json, run on a built site."""

import json
import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

HERE = Path(__file__).parent
INSTALLED = HERE / "node_modules"


class Fault(NamedTuple):
    """What a validator says against a page.

    Attributes:
        page: Its address inside the site.
        line: Where.
        rule: The validator's name for it, or what it says.
        code: The piece of the page that it is about.
    """

    page: str
    line: int
    rule: str
    code: str


def html_validate(site: Path) -> list[Fault]:
    """Ask html-validate about every page of a site, by its standard rules."""
    with TemporaryDirectory() as folder:
        written = Path(folder, "reports.json")  # it ends before a pipe has taken everything
        _run(
            INSTALLED / ".bin/html-validate",
            *("--config", HERE / "htmlvalidate.json", "--formatter", f"json={written}"),
            *_pages(site),
        )
        reports = json.loads(written.read_text("utf-8"))
    return [
        Fault(
            _inside(site, report["filePath"]),
            message["line"],
            message["ruleId"],
            _tag(report["source"].split("\n")[message["line"] - 1], message["column"]),
        )
        for report in reports
        for message in report["messages"]
    ]


def vnu(site: Path) -> list[Fault]:
    """Ask the W3C's checker about every page of a site."""
    jar = INSTALLED / "vnu-jar/build/dist/vnu.jar"
    told = _run("java", "-jar", jar, "--format", "json", "--errors-only", *_pages(site))
    return [
        Fault(
            _inside(site, message["url"].removeprefix("file:")),
            message.get("lastLine", 0),
            message["message"],
            " ".join(message.get("extract", "").split()),
        )
        for message in json.loads(told.stderr)["messages"]
    ]


def lighthouse(address: str, chromium: str, *categories: str) -> dict[str, Any]:
    """Return Lighthouse's report of a page, on a phone as it imagines one."""
    with TemporaryDirectory() as folder:
        written = Path(folder, "report.json")  # it ends before a pipe has taken everything
        _run(
            INSTALLED / ".bin/lighthouse",
            *(address, "--quiet", "--output=json", f"--output-path={written}"),
            f"--only-categories={','.join(categories)}",
            "--chrome-flags=--headless=new --no-sandbox --disable-background-networking",
            CHROME_PATH=chromium,
        )
        report: dict[str, Any] = json.loads(written.read_text("utf-8"))
    return report


def _run(program: str | Path, *arguments: str | Path, **variables: str) -> Any:
    if not INSTALLED.exists():
        raise FileNotFoundError(f"{INSTALLED} is not there: `make audit` installs the tools")
    return subprocess.run(
        [program, *arguments],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def _pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def _inside(site: Path, path: str) -> str:
    return Path(path).relative_to(site).as_posix().removesuffix("index.html")


def _tag(line: str, column: int) -> str:
    """Return the start tag that stands, or ends, at a column of a line."""
    begins = max(line.rfind("<", 0, column + 1), 0)
    return line[begins:].partition(">")[0]
