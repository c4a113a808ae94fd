"""Take a picture of every page, light and dark, wide and narrow: `make screenshots`."""

import sys
from pathlib import Path

from serving import chromium, find_chromium, pages, serve

WIDTHS = (1280, 375)


def main(site: Path, target: Path, only: str) -> None:
    """Write the pictures of the built site's pages whose address contains `only`."""
    executable = find_chromium()
    if executable is None:
        raise SystemExit("no Chromium on the PATH: install it to take pictures")
    target.mkdir(parents=True, exist_ok=True)
    with serve(site) as address, chromium(executable) as browser:
        for scheme in ("light", "dark"):
            for width in WIDTHS:
                context = browser.new_context(
                    color_scheme=scheme,
                    viewport={"width": width, "height": 900},
                    reduced_motion="reduce",
                )
                tab = context.new_page()
                for page in pages(site):
                    if only in page:
                        tab.goto(address + page, wait_until="networkidle")
                        name = page.strip("/").replace("/", "-") or "home"
                        tab.screenshot(path=target / f"{name}-{scheme}-{width}.png", full_page=True)
                context.close()
            tab = browser.new_page(color_scheme=scheme, viewport={"width": 1280, "height": 800})
            tab.goto(address, wait_until="networkidle")
            tab.get_by_role("button", name="Play").click()
            tab.get_by_text("500", exact=True).wait_for()  # the epoch at which it stops
            tab.screenshot(path=target / f"readme-{scheme}.png")
            tab.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
