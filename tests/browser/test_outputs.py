"""What outputs do in a browser: scripts run, and no markup reaches beyond its block."""

import json
import random
import re
from pathlib import Path

import pytest
from serving import serve
from small_site import build

from xordocs.site.rendering.html_fragment import balance

PIECES = [
    "<div>", "</div>", "</article>", "</main>", "</body></html>", "<b>", "</i>", "<p>", "</p>",
    "<td>", "<table>", "</table>", "<caption>", "<tr>", "<li>", "<ul>", "<svg>", "</svg>", "<math>",
    "<desc>", "<title>", "</title>", "<textarea>", "<style>", "</style>", "<script>", "</script>",
    "<!--", "-->", "<!", "<?x", "</", "<![CDATA[", "]]>", "<plaintext>", "<xmp>", "<select>",
    "<option>", "<template>", "<noscript>", "<iframe>", "<object>", "<form>", "<button>", "<h1>",
    "</h2>", "<a>", "<head>", "<frameset>", '<a href="', "<a href='", '">', "x", "<", " \n\n",
]  # fmt: skip
CONTAINED = """fragments => fragments.filter(fragment => {
    const block = `<div class="xd-html">\\n${fragment}\\n</div><h2 id="after">After</h2>`;
    const page = `<!doctype html><body><main><article>${block}</article></main><footer></footer>`;
    const document = new DOMParser().parseFromString(page, "text/html");
    const after = document.getElementById("after");
    const footer = document.querySelector("footer");
    return after?.parentElement.tagName !== "ARTICLE" || footer?.parentElement.tagName !== "BODY";
})"""


@pytest.mark.browser
def test_balanced_html_reaches_nothing_around_it(browser):
    source = random.Random(0)
    lengths = [source.randint(1, 7) for _ in range(2000)]
    fragments = ["".join(source.choices(PIECES, k=length)) for length in lengths]
    page = browser.new_page()
    assert page.evaluate(CONTAINED, ["<div>open", "</article>", "<plaintext>"]) != []
    assert page.evaluate(CONTAINED, [balance(fragment) for fragment in fragments]) == []
    page.close()


CELLS = """# %% [markdown]
# # Page

# %%
from IPython.display import HTML, Javascript, display
display(Javascript("var element = element; element.append('one </script> and')"))
display(Javascript("element.append('two')"))
display({"application/vnd.plotly.v1+json": {"data": [{"y": [1]}], "layout": {}}}, raw=True)
display(HTML("<p id=shown>three</p><script>shown.append('!')</script>"))
"""
PLOTLY = "window.Plotly = {newPlot: (place, figure) => { \
document.getElementById(place).textContent = JSON.stringify(figure.data); }}"


@pytest.mark.browser
@pytest.mark.build
def test_scripts_run_where_their_output_stands(browser, tmp_path: Path):
    status, said = build(tmp_path, {"page.py": CELLS})
    assert status == 0, said
    assert "page.py: cell 1: its output loads from cdn.plot.ly" in said
    page = browser.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(error))
    page.route(
        re.compile("^https:"),
        lambda route: route.fulfill(body=PLOTLY, content_type="text/javascript"),
    )
    with serve(tmp_path / "site") as address:
        page.goto(f"{address}page/")
        texts = page.locator("article .xd-html").all_inner_texts()
        page.close()
    assert errors == []
    assert [text.strip() for text in texts[:2]] == ["one </script> and", "two"]
    assert json.loads(texts[2]) == [{"y": [1]}]
    assert texts[3].strip() == "three!"
