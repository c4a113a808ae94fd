"""What Lighthouse says of how each page loads, on its phone of the middle class.

`python tests/benchmarks/loading.py [--site FOLDER] [--rounds N]`; without a built site it builds
one. All pages but the reference's are loaded, compressed as static hosts do. `make audit` installs
Lighthouse.
"""

import gzip
import statistics
import sys
from pathlib import Path

from measure import record, with_site

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "browser")]
from audits import tools  # noqa: E402 - it lies with the tests
from serving import Quiet, find_chromium, pages, serve  # noqa: E402

TEXT = {".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".svg": "image/svg+xml"}


class Compressed(Quiet):
    """Compresses text, as static hosts do."""

    def do_GET(self) -> None:  # noqa: N802 - the base class's name
        if self.file.suffix not in TEXT or not self.file.is_file():
            return super().do_GET()
        body = gzip.compress(self.file.read_bytes())
        return self.answer(body, TEXT[self.file.suffix], Content_Encoding="gzip")


def load(address, chromium):
    """Return the figures of one load of a page."""
    report = tools.lighthouse(address, chromium, "performance")
    audits = report["audits"]
    requests = [
        request
        for request in audits["network-requests"]["details"]["items"]
        if request["url"].startswith("http")
    ]
    return {
        "performance": round(100 * report["categories"]["performance"]["score"]),
        "shift": audits["cumulative-layout-shift"]["numericValue"],
        "blocking_ms": audits["total-blocking-time"]["numericValue"],
        "first_paint_ms": audits["first-contentful-paint"]["numericValue"],
        "largest_paint_ms": audits["largest-contentful-paint"]["numericValue"],
        "bytes": sum(request["transferSize"] for request in requests),
        "requests": len(requests),
    }


def measure(site, rounds):
    """Load each page once in each round, and record the medians."""
    executable = find_chromium()
    if executable is None:
        raise SystemExit("no Chromium on the PATH: install it to measure how pages load")
    names = [
        page for page in pages(site) if page != "404.html" and not page.startswith("reference/")
    ]
    loads = {name: [] for name in names}
    with serve(site, handler=Compressed) as address:
        for _ in range(rounds):
            for name in names:
                loads[name].append(load(address + name, executable))
                print(name, loads[name][-1], flush=True)
    record(
        "Loading pages",
        rounds=rounds,
        rows=[
            {
                "page": name,
                **{figure: statistics.median(one[figure] for one in found) for figure in found[0]},
            }
            for name, found in loads.items()
        ],
    )


if __name__ == "__main__":
    with_site(measure, rounds=5)
