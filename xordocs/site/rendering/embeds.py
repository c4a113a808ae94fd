"""Turn outputs that a browser plays or runs into HTML: scripts, charts, documents, sound, film."""

import json
import re
from html import escape, unescape
from typing import Any

__all__ = [
    "CHARTS",
    "REQUIRE_JS",
    "embed_chart",
    "embed_data",
    "embed_frame",
    "embed_media",
    "embed_script",
    "needs_require",
    "remote_hosts",
]

REQUIRE_JS = "https://cdnjs.cloudflare.com/ajax/libs/require.js/2.3.6/require.min.js"
"""Where nbconvert loads RequireJS from."""
PLOTLY = "https://cdn.plot.ly/plotly-4.1.1.min.js"
"""The library of Plotly's figures; it draws those of earlier versions, too."""
NPM = "https://cdn.jsdelivr.net/npm"
"""Where Altair loads its libraries from."""
VEGA_EMBED = {"3": "6", "4": "6", "5": "6", "6": "7"}
"""The version of vega-embed for each of Vega's and Vega-Lite's."""
CHARTS = re.compile(
    r"application/vnd\.(?:(plotly)\.v1\+json|(vega|vegalite)\.v(\d)(?:\.\d+)*(?:\+|\.)json)"
)
"""The kinds of output that are the data of a chart, which a library draws."""

_REQUIRE = re.compile(r"\brequire(?:js)?\s*(?:\(\s*\[|\.(?:config|undef)\b)")
_GUARD = re.compile(r"typeof\s+(?:window\.)?(?:require|define)\b|window\.require\b|\bdefine\.amd\b")
_HOSTS = re.compile(
    r"""(?:\b(?:src|poster)\s*=|\bimport|\bfrom)\s*["']?(?:https?:)?//([\w.-]+)"""  # an element's
    r"""|<link\b[^<>]*\bhref\s*=\s*["']?(?:https?:)?//([\w.-]+)"""
    r"""|["'](?:https?:)?//([\w.-]+)/(?:npm/[^"'\s]*|[^"'\s]*\.(?:m?js|css)(?:\?[^"'\s]*)?)["']"""
)


def embed_script(code: str, name: str) -> str:
    """Run JavaScript as Jupyter does: `element` is the output's own place on the page.

    Args:
        code: The program.
        name: The id of its place, unique on the page.
    """
    safe = re.sub("<(/script|!--)", r"<\\\1", code, flags=re.IGNORECASE)
    return (
        f'<div id="{name}" class="xd-html"><script>(function (element) {{\n{safe}\n'
        f'}}).call(window, document.getElementById("{name}"));</script></div>'
    )


def embed_chart(mime: str, chart: Any, name: str) -> str:
    """Draw the data of a chart with the library that it is made for.

    Args:
        mime: Its kind, which `CHARTS` matches.
        chart: The data.
        name: The id of its place, unique on the page.
    """
    kind = CHARTS.fullmatch(mime)
    if kind is None:
        raise ValueError(f"mime must be one of a chart, got {mime!r}")
    data = _json(chart)
    if kind[1]:
        libraries = [PLOTLY]
        config = f"{{responsive: true, ...{data}.config}}"
        draw = f'Plotly.newPlot("{name}", {{...{data}, config: {config}}})'
    else:
        version = kind[3]
        libraries = [f"{NPM}/vega@{'5' if kind[2] == 'vegalite' and version < '6' else version}"]
        if kind[2] == "vegalite":
            libraries.append(f"{NPM}/vega-lite@{version}")
        libraries.append(f"{NPM}/vega-embed@{VEGA_EMBED.get(version, version)}")
        draw = f'vegaEmbed("#{name}", {data})'
    loaded = "".join(f'<script src="{address}"></script>' for address in libraries)
    return f'<div class="xd-html"><div id="{name}"></div>{loaded}<script>{draw};</script></div>'


def embed_frame(html: str, name: str) -> str:
    """Show HTML in a frame of its own, as its output's metadata can ask for."""
    grow = "this.style.height = this.contentDocument.documentElement.scrollHeight + 'px'"
    return (
        f'<div class="xd-html"><iframe title="{escape(name)}" srcdoc="{escape(html)}" '
        f'style="border: 0; width: 100%" onload="{grow}"></iframe></div>'
    )


def embed_media(mime: str, data: str, name: str) -> str | None:
    """Show a document, sound or film inside the page; return None for other kinds.

    Args:
        mime: Its kind.
        data: Its content in base64, as notebooks hold it.
        name: What it is called to readers who do not see it.
    """
    source = f"data:{mime};base64,{''.join(data.split())}"
    kind, title = mime.partition("/")[0], escape(name)
    if kind in ("audio", "video"):
        player = f'<{kind} controls src="{source}" aria-label="{title}"></{kind}>'
    elif mime == "application/pdf":
        link = f'<a href="{source}" download="{title}.pdf">{title}</a>'
        style = "width: 100%; height: 40em"
        player = f'<object type="{mime}" data="{source}" style="{style}">{link}</object>'
    else:
        return None
    return f'<div class="xd-html">{player}</div>'


def needs_require(html: str) -> bool:
    """Whether scripts call RequireJS without asking whether it is there."""
    return bool(_REQUIRE.search(html)) and not _GUARD.search(html)


def remote_hosts(html: str) -> set[str]:
    """Find the hosts from which a reader's browser would load scripts, styles, images or frames."""
    texts = [html, unescape(html)] if "srcdoc" in html else [html]
    return {next(filter(None, found)) for text in texts for found in _HOSTS.findall(text)}


def embed_data(mime: str, content: Any) -> str:
    """Write data into a script element, for a script that looks for this kind of data."""
    return f'<script type="{mime}">{_json(content)}</script>'


def _json(content: Any) -> str:
    """Serialize data so that no text in it ends the script element that it stands in."""
    return json.dumps(content, sort_keys=True).replace("<", r"\u003c")
