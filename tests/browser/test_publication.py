"""The built site under its own policy, opened from a disk, below a sub-path, and on paper."""

import shutil

import pytest
from engines import Watched, wait
from serving import pages, serve, troubles_of

pytestmark = pytest.mark.browser
TROUBLES = "() => JSON.parse(sessionStorage.troubles ?? '[]')"
KINDS = (
    *("", "tutorials/numpy-network/", "playground/", "notation/", "paper/", "404.html"),
    *("reference/numpy_mlp/", "reproduction/", "engine/"),
)
FOUND = "document.querySelector('.md-search-result__link')"
FIELD = "document.querySelector('.md-search__input')"
SEARCH = f"""word => {{
    document.querySelector("#__search").checked = true;
    document.querySelector("#__search").dispatchEvent(new Event("change"));
    {FIELD}.focus();
    {FIELD}.value = word;
    {FIELD}.dispatchEvent(new Event("keyup", {{bubbles: true}}));
    {FIELD}.dispatchEvent(new Event("input", {{bubbles: true}}));
}}"""
CELL = "document.querySelector('xor-code')"


# The policy.


@pytest.mark.parametrize("page", KINDS)
def test_nothing_on_a_page_is_refused_by_its_policy(engine, site, page):
    with serve(site, Watched) as address:
        engine.visit(address + page)
        wait(engine, "document.readyState === 'complete'")
        policy = "document.querySelector('meta[http-equiv=Content-Security-Policy]').content"
        assert engine.run(f"() => {policy}").startswith("default-src 'none'; ")
        engine.run("() => document.querySelectorAll('xor-run').forEach(it => it.scrollIntoView())")
        engine.run(SEARCH, "gradient")
        wait(engine, FOUND)
        assert engine.run(TROUBLES) == []


def test_python_runs_under_the_policy(engine, site):
    with serve(site, Watched) as address:
        engine.visit(f"{address}tutorials/by-hand/")
        engine.run(f"() => {CELL}.scrollIntoView()")
        run_a_cell(engine)
        assert engine.run(TROUBLES) == []


@pytest.mark.parametrize(
    "planted",
    [
        "<script>document.title = 'planted'</script>",
        "<img src='x' onerror=\"document.title = 'planted'\">",
        "<base href='https://example.org/'>",
    ],
)
def test_what_is_planted_into_a_page_is_refused(engine, site, tmp_path, planted):
    (tmp_path / "notation").mkdir()
    shutil.copytree(site / "assets", tmp_path / "assets")
    html = (site / "notation" / "index.html").read_text("utf-8")
    page = tmp_path / "notation" / "index.html"
    page.write_text(html.replace("<h1", f"{planted}<h1", 1), "utf-8")
    with serve(tmp_path, Watched) as address:
        engine.visit(f"{address}notation/")
        wait(engine, "document.readyState === 'complete'")
        wait(engine, "sessionStorage.troubles?.includes('refused by the policy')")
        assert engine.run("() => document.title") != "planted"
        assert engine.run("() => document.baseURI").startswith(address)


# From a disk.


def run_a_cell(window):
    """Run the first code cell in view, and wait for its end."""
    wait(window, f"{CELL}?.tools")
    buttons = f"[...{CELL}.querySelectorAll('button')]"
    window.run(f"() => {buttons}.find(it => it.textContent === 'Run').click()")
    wait(window, f"/Done|line|not/.test({CELL}.tools.status.textContent)")
    assert "Done" in window.run(f"() => {CELL}.tools.status.textContent")


def follow(window, link):
    """Go where a link leads; a click would end the script that clicks."""
    window.visit(window.run(f"() => {link}.href"))


def test_from_a_disk_links_search_figures_and_python_work(engine, site):
    engine.visit((site / "index.html").as_uri())
    follow(engine, "document.querySelector('.xd-course li a')")
    assert engine.run("() => location.pathname").endswith("/tutorials/setting-the-scene/index.html")
    engine.run(SEARCH, "bonferroni")
    wait(engine, FOUND)
    follow(engine, "document.querySelector('.md-search-result__link[href*=bonferroni]')")
    wait(engine, "/index\\.html\\?h=/.test(location.href)")
    wait(engine, "document.querySelector('article mark')")
    engine.visit((site / "playground" / "index.html").as_uri())
    wait(engine, "document.getElementById('pg')?.getAttribute('aria-busy') === 'false'")
    engine.run("() => document.getElementById('pg-ten').click()")
    wait(engine, "document.getElementById('pg-at').textContent === '10'")
    engine.visit((site / "tutorials" / "by-hand" / "index.html").as_uri())
    engine.run(f"() => {CELL}.scrollIntoView()")
    run_a_cell(engine)


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.audit)])
def test_from_a_disk_no_page_has_an_error(browser, site, every):
    found = {}
    tab = browser.new_page()
    troubles = troubles_of(tab)
    for page in pages(site) if every else KINDS:
        if page == "404.html":
            continue  # no server, no wrong address
        tab.goto((site / page / "index.html").as_uri())
        found[page] = list(troubles)
        troubles.clear()
    tab.close()
    assert {page: told for page, told in found.items() if told} == {}


def test_on_a_server_a_page_has_the_address_of_its_folder(browser, site):
    tab = browser.new_page()
    with serve(site) as address:
        tab.goto(address)
        tab.click(".xd-course li a")
        tab.wait_for_url(f"{address}tutorials/setting-the-scene/")
    tab.close()


# Where nothing is.


class Strict(Watched):
    """Serves a site below a folder, and its page for wrong addresses there."""

    def send_error(self, code, message=None, explain=None):
        page = self.translate_path("/below/here/404.html")
        with open(page, "rb") as file:
            body = file.read()
        self.answer(body, "text/html; charset=utf-8", code)


@pytest.mark.parametrize("wrong", ["nothing", "tutorials/nothing/", "a/b/c/d"])
def test_below_a_sub_path_a_wrong_address_has_the_sites_dress_links_and_search(
    browser, site, tmp_path, wrong
):
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "here").symlink_to(site)
    tab = browser.new_page()
    with serve(tmp_path, Strict) as address:
        tab.goto(f"{address}below/here/{wrong}")
        tab.wait_for_function("getComputedStyle(document.body).getPropertyValue('--xd-paper')")
        tab.wait_for_function(
            "document.querySelector('[data-md-component=logo]').href.includes('here')"
        )
        for link in tab.locator("article a").all():
            assert tab.request.get(link.evaluate("it => it.href")).ok
        tab.wait_for_function("window.document$")  # the theme's script runs
        tab.evaluate(SEARCH, "bonferroni")
        tab.wait_for_selector(".md-search-result__link")
        tab.locator("article a").first.evaluate("it => it.click()")
        tab.wait_for_url(f"{address}below/here/tutorials/setting-the-scene/")
    tab.close()


# On paper.


@pytest.mark.parametrize("page", ["tutorials/by-hand/", "glossary/", "reference/numpy_mlp/"])
def test_a_page_chosen_dark_prints_ink_on_white(browser, address, page):
    tab = browser.new_page(color_scheme="dark")
    tab.goto(address + page)
    tab.emulate_media(media="screen", color_scheme="dark")
    darkness = """() => {
        document.body.setAttribute("data-md-color-scheme", "slate");
        const light = colour =>
            colour.match(/[\\d.]+/g).slice(0, 3).reduce((sum, part) => sum + +part, 0) / 765;
        const read = [...document.querySelectorAll("article :is(p, h1, h2, li, td)")]
            .filter(it => it.checkVisibility());
        return read.map(it => light(getComputedStyle(it).color));
    }"""
    assert min(tab.evaluate(darkness)) > 0.4
    tab.emulate_media(media="print", color_scheme="dark")
    assert max(tab.evaluate(darkness)) < 0.6
    tab.close()


def test_in_print_headings_stay_with_their_text_and_nothing_is_to_be_clicked(browser, address):
    tab = browser.new_page()
    tab.goto(address + "tutorials/numpy-network/")
    tab.emulate_media(media="print")
    kept = "them => them.every(it => getComputedStyle(it).breakAfter === 'avoid')"
    assert tab.eval_on_selector_all("article :is(h1, h2, h3)", kept)
    seen = "them => them.filter(it => it.checkVisibility()).length"
    assert tab.eval_on_selector_all("article :is(.headerlink, .md-code__nav)", seen) == 0
    tab.close()
