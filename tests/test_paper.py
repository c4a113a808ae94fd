"""The page for paper: what the hook makes of pages, and the course as it joins it."""

import importlib.util
import re
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from bs4 import BeautifulSoup
from lessons import TUTORIALS

ROOT = Path(__file__).parent.parent
SPEC = importlib.util.spec_from_file_location("paper_hook", ROOT / "hooks" / "paper.py")
paper = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(paper)

REFERENCES = ("aria-describedby", "aria-labelledby", "for", "headers")

FIRST = """
<h1 id="first">First</h1>
<p id="fnref:1">See <a href="#part">below</a>, <a href="../two/#part">there</a>,
<a href="../two/">it</a>,
<a href="../../play/?seed=2#map">the playground</a>, <a href="https://example.org/">elsewhere</a>.</p>
<p><a class="md-button" href="../two/">Next</a></p>
<h2 id="part">A part<a class="headerlink" href="#part">#</a></h2>
<p><math id="eq"><mi>x</mi></math></p>
<figure class="xd-figure figure-1-frame" data-x="a > b"><svg class="figure-1" viewBox="0 0 1 1"
 aria-labelledby="figure-1-title figure-1-description"><title id="figure-1-title">T</title>
 <desc id="figure-1-description">D</desc><style>.figure-1{*{stroke:red}}</style>
 <clipPath id="figure-1-1"></clipPath><g clip-path="url(#figure-1-1)"><use href="#figure-1-1"/></g>
 </svg></figure>
<xor-run seed="1"><xor-map></xor-map></xor-run>
<p><xor-pad></xor-pad></p>
<xor-exercise id="do-it" role="group" aria-label="Exercise"><p class="xd-exercise">Exercise</p>
<xor-code name="x"><pre>y = ...</pre></xor-code>
<details class="xd-fold xd-check"><summary>How it is checked</summary><pre>assert y</pre></details>
<details class="xd-fold xd-hint"><summary>Hint</summary><p>Try one.</p></details>
<details class="xd-fold xd-solution"><summary>Solution</summary><pre>y = 1</pre></details>
</xor-exercise>
<xor-answer answer="3" hints="{&quot;4&quot;: &quot;too many&quot;}"><p>How many?</p>
<details class="answer"><summary>Answer</summary><p>Three.</p></details></xor-answer>
<details class="xd-fold"><summary>Show the code</summary><pre>import numpy</pre></details>
"""
SECOND = '<h1 id="second">Second</h1><h2 id="part">A part</h2><svg class="figure-1"></svg>'


@pytest.fixture
def joined():
    articles = [
        paper.Article("t-one", "1. First", "t/one/", FIRST),
        paper.Article("t-two", "Second & last", "t/two/", SECOND),
    ]
    return paper.join(articles, "paper/")


@pytest.fixture
def soup(joined):
    return BeautifulSoup(joined, "html.parser")


def broken(soup):
    """The ids that stand twice, and the references to ids that stand nowhere."""
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    twice = sorted({each for each in ids if ids.count(each) > 1})
    wanted = {unquote(tag["href"][1:]) for tag in soup.select("[href^='#']") if tag["href"] != "#"}
    for name in REFERENCES:
        for tag in soup.find_all(attrs={name: True}):
            value = tag[name]
            wanted |= set(value if isinstance(value, list) else value.split())
    wanted |= set(re.findall(r"url\(#([^)]+)\)", str(soup)))
    return twice, sorted(wanted - set(ids))


def test_no_paragraph_holds_a_block(soup):
    assert soup.select("p :is(div, p, pre, figure)") == []


def test_each_id_is_there_once_and_what_refers_to_it_follows(soup, joined):
    assert broken(soup) == ([], [])
    assert soup.select_one("#t-one--part")
    assert soup.select_one("#t-two--part")
    assert 'viewBox="0 0 1 1"' in joined, "a drawing's names keep their case"
    assert ".t-one--figure-1{" in joined
    assert '<svg class="t-one--figure-1"' in joined
    assert '<svg class="t-two--figure-1"' in joined
    assert soup.figure["data-x"] == "a > b"


def test_the_check_finds_ids_that_stand_twice_and_links_to_nowhere():
    soup = BeautifulSoup(
        '<p id="a" aria-labelledby="b c"><i id="a"></i><a href="#d"></a>', "html.parser"
    )
    assert broken(soup) == (["a"], ["b", "c", "d"])


def test_links_lead_on_within_the_page_and_to_the_site_from_its_own_address(soup):
    links = {link.get_text(): link["href"] for link in soup.select("#t-one p a")}
    assert links["below"] == "#t-one--part"
    assert links["there"] == "#t-two--part"
    assert links["it"] == "#t-two"
    assert links["the playground"] == "../play/?seed=2#map"
    assert links["elsewhere"] == "https://example.org/"
    assert "Next" not in links
    assert not soup.select(".headerlink")


def test_nothing_is_live_and_nothing_is_folded(soup, joined):
    assert "<xor-" not in joined
    assert not soup.select("details, summary, script, form, button, input")
    assert "import numpy" in soup.select_one(".paper-open").get_text()
    assert "assert y" not in joined
    assert "too many" not in joined, "hints for wrong entries are the form's"


def test_answers_stand_at_the_end_and_each_is_linked_with_its_question(soup):
    part = soup.select_one("#t-one")
    assert [tag.get_text(strip=True) for tag in part.select(".paper-see > a")] == [
        "Answer 1.1",
        "Answer 1.2",
    ]
    first, second = part.select(".paper-answers > .paper-solved")
    assert [tag.get_text() for tag in first.select(".paper-title")] == [
        "Answer 1.1",
        "Hint",
        "Solution",
    ]
    assert second.get_text(" ", strip=True) == "Answer 1.2 Three."
    assert "y = ..." in part.select_one(".paper-exercise").get_text()
    assert "y = 1" not in part.select_one(".paper-exercise").get_text()
    assert part.find_all(True)[-1] in part.select_one(".paper-answers").find_all(True)
    for see, solved in zip(part.select(".paper-see"), (first, second), strict=True):
        assert see.a["href"] == f"#{solved['id']}"
        assert solved.select_one("a")["href"] == f"#{see['id']}"


def listing(lines, kind=""):
    return f'<div class="{kind} highlight"><pre><code>{lines}</code></pre></div>'


def adapted(html):
    return BeautifulSoup(paper.join([paper.Article("t", "T", "t/", html)], "paper/"), "html.parser")


@pytest.mark.parametrize("lines", [paper.LONG - 1, paper.LONG, 40])
def test_only_code_of_many_lines_may_go_on_overleaf(lines):
    soup = adapted(listing("x = 1\n" * lines, "language-python"))
    assert len(soup.select(".highlight.paper-long > pre.paper-long")) == (lines >= paper.LONG)
    assert len(soup.select(".paper-long")) == 2 * (lines >= paper.LONG)


@pytest.mark.parametrize("letters", [paper.COLUMN, paper.COLUMN + 1])
def test_an_answer_whose_code_is_wider_than_its_column_takes_both(letters):
    code = f"<pre><code>x\n{'x' * letters}</code></pre>"
    soup = adapted(f'<details class="answer"><summary>Answer</summary>{code}</details>')
    assert bool(soup.select(".paper-solved.paper-wide")) is (letters > paper.COLUMN)


def test_short_code_stands_beside_what_it_printed_and_all_other_above():
    beside = adapted(listing("print(1)\n") + listing("1\n", "xd-output"))
    assert [tag.get_text() for tag in beside.select(".paper-ran > .highlight")] == [
        "print(1)\n",
        "1\n",
    ]
    columns, printed, lines = paper.BESIDE
    for code, output in (
        ("x" * (columns + 1), "1"),
        ("x", "1" * (printed + 1)),
        ("x\n" * (lines + 1), "1"),
    ):
        above = adapted(listing(code) + listing(output, "xd-output"))
        assert not above.select(".paper-ran")
        assert [tag.get_text() for tag in above.select("pre")] == [code, output]


def test_headings_are_below_the_pages_own_and_the_contents_list_them(soup):
    assert not soup.select("h1")
    assert [tag.get_text() for tag in soup.select("section h2")] == ["First", "Second"]
    assert soup.select_one("#t-one .paper-number").get_text() == "Lesson 1"
    assert not soup.select("#t-two .paper-number")
    listed = {tag.get_text(): tag["href"] for tag in soup.select(".paper-contents a")}
    assert listed["1. First"] == "#t-one"
    assert listed["Second & last"] == "#t-two"
    assert listed["Answers"] == "#t-one--answers-of-this-lesson"


def test_headings_that_every_lesson_has_are_not_listed():
    articles = [
        paper.Article(
            f"t-{n}", f"{n}. T", f"t/{n}/", f'<h1>T</h1><h2 id="s">Sources</h2><h2 id="o">{n}</h2>'
        )
        for n in range(1, 5)
    ]
    soup = BeautifulSoup(paper.join(articles, "paper/"), "html.parser")
    listed = [tag.get_text() for tag in soup.select(".paper-contents p a")]
    assert listed == ["1", "2", "3", "4"]


@pytest.fixture(scope="module")
def course(site):
    html = (site / "paper/index.html").read_text("utf-8")
    return BeautifulSoup(html, "html.parser")


def test_the_course_on_paper_has_every_lesson_in_order_with_its_figures_and_formulas(course, site):
    parts = [part["id"] for part in course.select(".paper-part")]
    lessons = [f"tutorials-{name}" for name in TUTORIALS]
    assert parts == [*lessons, "notation", "glossary"]
    listed = [link["href"] for link in course.select(".paper-contents li > a")]
    assert listed == [f"#{part}" for part in parts]
    for name in TUTORIALS:
        page = (site / f"tutorials/{name}/index.html").read_text("utf-8")
        article = BeautifulSoup(page, "html.parser").article
        (part,) = course.select(f"#tutorials-{name}")
        for kind in ("figure svg", "math", "table", ".admonition", ".footnote li"):
            live = article.select("xor-run *")
            there = [tag for tag in article.select(kind) if tag not in live]
            assert len(part.select(kind)) == len(there), (name, kind)
        listings = {
            code.get_text()
            for code in article.select("pre > code")
            if not code.find_parent(class_="xd-check")
        }
        assert listings == {code.get_text() for code in part.select("pre > code")}, name


def test_the_course_on_paper_is_whole(course, site):
    assert broken(course.article) == ([], [])
    assert not course.article.select("details, script")
    assert not course.select("script[src*=elements]")
    for link in course.article.select("a[href], img[src]"):
        target = link.get("href") or link["src"]
        if not re.match(r"#|data:|\w+:", target):
            path = urljoin("/paper/", target).partition("#")[0].partition("?")[0]
            assert (site / f".{unquote(path)}").exists(), target


def test_searches_find_the_lessons_and_not_the_page_for_paper(course, site):
    assert course.select_one("meta[name=robots]")["content"] == "noindex"
    assert '"paper/' not in (site / "search/search_index.json").read_text("utf-8")
