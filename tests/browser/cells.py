"""Pages of code cells in the site's own dress: a built page whose article is another one."""

import re
from html import escape
from pathlib import Path

TAIL = '<script src="../assets/elements/loader.js"></script></body>'


def listing(source: str) -> str:
    """A listing, as the theme writes it."""
    return f'<div class="highlight"><pre><span></span><code>{escape(source)}\n</code></pre></div>'


def cell(source: str, name: str = "", outputs: str = "") -> str:
    """A cell tagged `live`, as the engine writes it."""
    named = f' name="{name}"' if name else ""
    return f"<xor-code{named}>{listing(source)}{outputs}</xor-code>"


def exercise(
    starter: str, check: str, solution: str, hints: tuple[str, ...] = (), key: str = "exercise"
) -> str:
    """An exercise, as the engine writes it."""
    folds = [("check", "How it is checked (may give the answer away)", listing(check))]
    folds += [("hint", f"Hint {n}", f"<p>{hint}</p>") for n, hint in enumerate(hints, 1)]
    folds.append(("solution", "Solution", listing(solution)))
    details = "".join(
        f'<details class="xd-fold xd-{kind}" data-search-exclude><summary>{title}</summary>'
        f"{inside}</details>"
        for kind, title, inside in folds
    )
    return (
        f'<xor-exercise id="{key}" role="group" aria-label="Exercise: {key}">'
        f'<p class="xd-exercise">Exercise</p>{cell(starter)}{details}</xor-exercise>'
    )


def write_page(site: Path, folder: Path, article: str) -> Path:
    """Write a page with this article into a folder that has a built site's assets."""
    built = (site / "contributing" / "index.html").read_text("utf-8")
    start, rest = built.split("<article", 1)
    opening, rest = rest.split(">", 1)
    end = rest.split("</article>", 1)[1]
    html = f"{start}<article{opening}>{article}</article>{end}"
    headings = re.findall(r'<h2 id="([^"]+)">([^<]+)', article)
    links = "".join(
        f'<li class="md-nav__item"><a href="#{key}" class="md-nav__link">{text}</a></li>'
        for key, text in headings
    )
    html = re.sub(
        r'(<nav class="md-nav md-nav--secondary".*?<ul[^>]*>).*?</ul>\s*</nav>',
        lambda match: f"{match[1]}{links}</ul></nav>",
        html,
        flags=re.DOTALL,
    )
    page = folder / "page" / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(html.replace("</body>", TAIL), "utf-8")
    for part in ("assets", "search"):
        if not (folder / part).exists():
            (folder / part).symlink_to(site / part)
    return page
