"""Live figures inside lessons: what is loaded and when, from a disk, in print."""

import shutil

import pytest
from serving import serve, troubles_of

LESSON = "tutorials/numpy-network/"
RUN = "xor-run:has(xor-controls)"


@pytest.fixture
def tab(browser):
    """A page on which an error fails the test."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    troubles = troubles_of(page)
    yield page
    page.close()
    assert troubles == []


def near(tab, address):
    """Open a page, and go to its live figure."""
    tab.goto(address)
    tab.locator(RUN).evaluate("element => element.scrollIntoView()")
    tab.wait_for_selector(f"{RUN}.xor-alive")


def plays(tab):
    """Play a figure for some steps; return the epoch at which it rests."""
    for _ in range(10):
        tab.click(f"{RUN} [id$=-step]")
    tab.wait_for_function(f"document.querySelector('{RUN} [id$=-at]').textContent === '10'")
    return int(tab.inner_text(f"{RUN} [id$=-at]"))


def scripts(tab):
    """Return the scripts that a page has loaded, without those of its questions and code cells."""
    loaded = tab.evaluate(
        "performance.getEntriesByType('resource').map(it => it.name)"
        ".filter(it => it.includes('assets/elements/') && it.endsWith('.js'))"
        ".map(it => it.replace(/.*\\//, '')).sort()"
    )
    return [name for name in loaded if name not in ("answer.js", "code.js", "exercise.js")]


def test_a_lesson_loads_what_it_embeds_when_it_comes_into_view(tab, address):
    tab.goto(address + LESSON, wait_until="networkidle")
    assert scripts(tab) == ["loader.js"]
    near(tab, address + LESSON)
    assert scripts(tab) == [
        "controls.js", "core.js", "loader.js", "loss.js", "map.js", "tools.js",
    ]  # fmt: skip
    assert plays(tab) == 10
    assert tab.url == address + LESSON


def test_a_page_without_live_figures_loads_no_script_for_them(tab, address):
    tab.goto(address + "notation/", wait_until="networkidle")
    assert scripts(tab) == []


def test_a_still_gives_way_to_the_live_part_and_is_what_is_printed(tab, address):
    tab.goto(address + LESSON)
    stills = tab.locator(".xor-still")
    assert stills.count() == 0
    near(tab, address + LESSON)
    assert stills.count() == 2
    assert [still.is_visible() for still in stills.all()] == [False, False]
    assert "Output after 500 epochs" in stills.first.locator("figcaption").text_content()
    tab.emulate_media(media="print")
    assert [still.is_visible() for still in stills.all()] == [True, True]
    assert not tab.is_visible(RUN)


def test_without_javascript_the_stills_are_seen(browser, address):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address + LESSON)
    figures = tab.locator("figure", has=tab.locator("text=Output after 500 epochs"))
    assert figures.first.is_visible()
    context.close()


@pytest.mark.parametrize("page", [LESSON, "playground/"])
def test_it_works_from_a_disk(tab, site, page):
    address = (site / page / "index.html").as_uri()
    if page == LESSON:
        near(tab, address)
        assert plays(tab) == 10
    else:
        tab.goto(address)
        tab.wait_for_selector("#pg[aria-busy=false]")
        tab.click("#pg-ten")
        tab.wait_for_function("location.search === '?epoch=10'")
        tab.reload()
        tab.wait_for_function("document.getElementById('pg-at')?.textContent === '10'")


PARTS = """
<!doctype html><meta charset="utf-8"><title>Parts</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="assets/site.css">
<body data-md-color-scheme="default" style="--xd-zero: #0072b2; --xd-one: #d55e00; --xd-ink: #000">
{}
<script src="assets/elements/loader.js"></script>
"""


@pytest.fixture
def bare(tab, site, tmp_path):
    """Open a page of nothing but parts."""
    shutil.copytree(site / "assets" / "elements", tmp_path / "assets" / "elements")
    shutil.copytree(site / "assets" / "fonts", tmp_path / "assets" / "fonts")
    shutil.copy(site / "assets" / "site.css", tmp_path / "assets")

    def open_parts(html):
        (tmp_path / "index.html").write_text(PARTS.format(html), "utf-8")
        tab.goto(address)
        tab.wait_for_function(
            "[...document.querySelectorAll('*')].every(it => it.localName === 'xor-run'"
            " || it.matches(':defined'))"
        )
        return tab

    with serve(tmp_path) as address:
        yield open_parts


def epochs(tab):
    return [int(it) for it in tab.locator("[id$=-at]").all_inner_texts()]


def test_parts_share_a_run_by_name_or_by_what_is_around_them(bare):
    tab = bare(
        "<xor-run><xor-controls></xor-controls><xor-table></xor-table></xor-run>"
        '<xor-run run="a" epoch="5"><xor-controls></xor-controls></xor-run>'
        '<xor-run run="a"><xor-controls></xor-controls></xor-run>'
        "<xor-run><xor-controls></xor-controls></xor-run>"
    )
    assert epochs(tab) == [0, 5, 5, 0]
    tab.locator("[id$=-step]").nth(1).click()
    assert epochs(tab) == [0, 6, 6, 0]
    ids = tab.evaluate("[...document.querySelectorAll('[id]')].map(it => it.id)")
    assert len(ids) == len(set(ids))


def test_attributes_take_sizes_weights_and_a_table_by_its_name(bare):
    """The network of whole numbers that solves XOR, of Goodfellow, Bengio and Courville, 6.1."""
    tab = bare(
        '<xor-run hidden_layers="2-2-1" weights="1,1,1,1,0,-1,1,-2,0" targets="nand">'
        "<xor-table></xor-table></xor-run>"
    )
    labels = tab.eval_on_selector_all("xor-table input", "them => them.map(it => it.value)")
    assert labels == ["1", "1", "1", "0"]
    outputs = tab.locator("xor-table td:nth-child(3)").all_inner_texts()
    assert [float(it) for it in outputs] == pytest.approx(
        [0.5, 0.73105858, 0.73105858, 0.5], abs=1e-8
    )


@pytest.mark.audit(sample=4)
@pytest.mark.parametrize(
    "part",
    [
        *("map", "loss", "network", "table", "space", "unit", "controls"),
        *("plane", "hinges", "descent", "strip", "player"),
    ],
)
def test_each_part_works_alone(bare, part):
    tab = bare(f'<xor-run epoch="20"><xor-{part}></xor-{part}></xor-run>')
    assert tab.locator(f"xor-{part}").evaluate("it => it.session.run.epoch") == 20
    assert tab.locator(f"xor-{part}").bounding_box()["height"] > 20
