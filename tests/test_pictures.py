"""The pictures that links are shown with: which figure, in which letters, drawn how often."""

import re
from html import escape, unescape
from io import BytesIO
from types import SimpleNamespace

import pytest
from lessons import TUTORIALS
from mkdocs.exceptions import PluginError
from PIL import Image, ImageChops
from site_hooks import hook

from xordocs.site.cache import Memo

pictures = hook("pictures")

DRAWING = (
    '<figure class="xd-figure figure-1-frame"><svg width="80" height="40" viewBox="0 0 80 40" '
    'class="figure-1"><title>{}</title><style>.figure-1-frame{{*{{stroke-linecap: butt}}'
    ".late{{fill:#123456}}}}</style>"
    '<path d="M0 0H40V40H0z" style="fill:var(--fig-ffffff,#ffffff)"/>'
    '<path class="late" d="M40 0H80V40H40z"/></svg></figure>'
)
WORDS = pictures.Words("A title", "Lesson 1 of 2", "The site")


def page(*titles, **meta):
    content = "".join(DRAWING.format(title) for title in titles)
    return SimpleNamespace(content=content, meta=meta, file=SimpleNamespace(src_uri="a.py"))


@pytest.fixture(scope="module")
def fonts(tmp_path_factory):
    return pictures.Fonts(tmp_path_factory.mktemp("fonts"))


def opened(png):
    return Image.open(BytesIO(png)).convert("RGB")


def test_a_page_is_shown_with_its_first_figure_or_the_one_that_its_header_names():
    assert pictures.choose(page("One", "Two &amp; three")).title == "One"
    assert (
        pictures.choose(page("One", "Two &amp; three", picture="Two & three")).title
        == "Two & three"
    )
    assert pictures.choose(page()) is None


def test_a_figure_that_is_not_there_is_an_error_that_names_those_that_are():
    with pytest.raises(PluginError, match=r"^a\.py: picture must be .* \('One'\), got 'Two'$"):
        pictures.choose(page("One", picture="Two"))


def test_a_figure_has_the_sites_paper_and_keeps_rules_of_its_own(fonts, tmp_path):
    figure = pictures.choose(page("One"))
    picture = opened(pictures.share(figure, WORDS, fonts, Memo(tmp_path)))
    left, right = picture.getpixel((700, 315)), picture.getpixel((1000, 315))
    assert left == (0xFB, 0xF9, 0xF4), "white is the paper there"
    assert right == (0x12, 0x34, 0x56)


def test_a_picture_is_drawn_again_only_if_something_on_it_has_changed(fonts, tmp_path, monkeypatch):
    figure = pictures.choose(page("One"))
    first = pictures.share(figure, WORDS, fonts, Memo(tmp_path))
    drawn = []
    monkeypatch.setattr(pictures, "draw", lambda *given: drawn.append(given) or b"new")
    assert pictures.share(figure, WORDS, fonts, Memo(tmp_path)) == first
    assert not drawn
    for changed in (figure, WORDS._replace(title="Another")), (pictures.choose(page("Two")), WORDS):
        assert pictures.share(*changed, fonts, Memo(tmp_path)) == b"new"
    assert len(drawn) == 2


@pytest.mark.parametrize(
    "title",
    ["Downhill", "Backpropagation, one row by hand", "Counterrevolutionaries", "word " * 14],
)
def test_a_title_stays_left_of_the_figure_however_long(title, fonts):
    figure = pictures.choose(page("One"))
    drawn = [
        opened(
            pictures.draw(
                pictures.compose(figure, WORDS._replace(title=it), fonts), 1200, fonts.paths
            )
        )
        for it in (title, "")
    ]
    left, top, right, bottom = ImageChops.difference(*drawn).getbbox()
    assert pictures.LEFT - 4 <= left < right <= pictures.MIDDLE + 4, "as measured, but for a serif"
    assert top > 60
    assert bottom < pictures.HEIGHT - 104, "above the logo"


def test_no_sign_on_the_courses_figures_is_without_a_letter(site, fonts):
    signs = set()
    for name in TUTORIALS:
        html = (site / f"tutorials/{name}/index.html").read_text("utf-8")
        for figure in pictures.figures_of(html):
            texts = re.findall(r"<(?:text|tspan)\b[^>]*>([^<]+)<", figure.svg)
            signs |= set(unescape("".join(texts)))
    assert {"₁", "ŷ", "∂", "a", "1"} <= signs

    def drawn(sign):
        family = pictures.FAMILIES["sans"]
        text = f'<text x="20" y="40" font-size="30" font-family="{family}">{escape(sign)}</text>'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60">{text}</svg>'
        return pictures.draw(svg, 60, fonts.paths)

    missing = drawn("\ue123")
    assert missing != drawn(" ")
    assert [sign for sign in sorted(signs) if drawn(sign) == missing] == []
    assert [sign for sign in sorted(signs) if drawn(sign) == drawn(" ")] == [" "]
