"""The comparison of two sites notices what another generator loses."""

import pytest
from compare import Site, differences

PAGE = """<html><head><link rel="stylesheet" href="../style.css"></head>
<body><nav>Menu</nav><article>
<ul class="xd-actions"><li><a href="one.ipynb" download>Download this notebook</a></li></ul>
<h1 id="one">One<a class="headerlink" href="#one">#</a></h1>
<p>First words.</p><p>A <a href="../two/#deep">link</a> and <img src="../a.png">.</p>
<p>x is <math><mi>x</mi></math></p><my-figure></my-figure>
</article></body></html>"""
OTHER = PAGE.replace("<nav>Menu</nav>", "").replace(
    '<ul class="xd-actions"><li><a href="one.ipynb" download>Download this notebook</a></li></ul>',
    '<p><a href="one.ipynb">Download this notebook</a></p>',
)
TWO = '<article><h1 id="two">Two</h1><h2 id="deep">Deep</h2></article>'


def site(folder, one, two=TWO):
    for path, text in {
        "one/index.html": one,
        "two/index.html": two,
        "one/one.ipynb": "{}",
        "a.png": "",
        "style.css": "",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return Site(folder)


def test_pages_that_say_the_same_do_not_differ(tmp_path):
    assert differences(site(tmp_path / "a", PAGE), site(tmp_path / "b", OTHER)) == []


@pytest.mark.parametrize(
    ("lost", "instead", "said"),
    [
        ("<p>First words.</p>", "", "one/index.html: the text differs"),
        ("First words", "Firstwords", "one/index.html: the text differs"),
        ("</p><p>A", " </p><p>And a", "one/index.html: the text differs"),
        ("../two/#deep", "../two/", "one/index.html: the link to two/index.html#deep is lost"),
        ("<mi>x</mi>", "<mi>y</mi>", "one/index.html: 1 lost of <math><mi>x</mi></math>"),
        ("<my-figure></my-figure>", "", "one/index.html: 1 lost of my-figure"),
        ('<a href="one.ipynb">', "<a>", "one/index.html: the link to one/one.ipynb# is lost"),
        ('"../a.png"', '"a.png"', "one/index.html: leads to one/a.png, which is not there"),
        ("../style.css", "style.css", "one/index.html: leads to one/style.css, which is not there"),
    ],
)
def test_what_a_page_has_lost_is_told(tmp_path, lost, instead, said):
    ours = site(tmp_path / "a", PAGE)
    theirs = site(tmp_path / "b", OTHER.replace(lost, instead))
    assert any(line.startswith(said) for line in differences(ours, theirs))


def test_a_lost_page_and_a_lost_heading_are_told(tmp_path):
    ours, theirs = site(tmp_path / "a", PAGE), site(tmp_path / "b", OTHER, TWO.replace("deep", "d"))
    told = "one/index.html: leads to two/index.html#deep, which is not there"
    assert differences(ours, theirs) == [told]
    (tmp_path / "b" / "two" / "index.html").unlink()
    assert differences(ours, Site(tmp_path / "b"))[0] == "two/index.html: the page is lost"
