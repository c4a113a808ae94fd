"""How many minutes a lesson takes, by hand, and by a parser instead of patterns."""

import re
from itertools import takewhile

import pytest
from bs4 import BeautifulSoup
from lessons import TUTORIALS
from site_hooks import hook

duration = hook("duration")

LESSON = (
    '<h1>1. Lesson</h1><p>{words}</p><div class="math display" tabindex="0">'
    '<math display="block"><mi>never counted</mi></math></div>'
    '<div class="admonition predict"><p>word</p></div>'
    '<div class="language-python highlight"><pre><code>no word</code></pre></div>'
    '<div class="language-text xd-output highlight"><pre><code>no word</code></pre></div>'
    "<details><p>folded</p><details>twice</details><p>folded</p></details>"
    "<xor-exercise><pre>code</pre><details>hint</details></xor-exercise>"
    '<h2 id="exercises">Exercises</h2><div class="admonition exercise"><p>{task}</p></div>'
    '<h2 id="in-short">In short</h2><h2 id="sources">Sources</h2><p>{words}</p>'
)


def test_minutes_are_those_of_words_listings_formulas_predictions_and_exercises():
    """By hand: 1800 words are 18 minutes, a formula, a prediction and a listing 3; and 10 for code,
    4 for paper and 4½ for the task's 450 words, 39½ with the others."""
    html = LESSON.format(words="word " * 1795, task="task " * 449)
    assert duration.minutes(html) == (20, 40)
    assert duration.minutes(html.replace("</pre>", "</pre><p>" + "word " * 1500 + "</p>", 1)) == (
        35,
        55,
    )
    assert duration.minutes("<h1>Short</h1>") == (5, 5)


def test_live_figures_take_a_minute_each_and_a_question_for_a_number_as_long_as_one_on_paper():
    """By hand: 21 and 5 minutes are 26; with 18½ of exercises and 8 of questions they are 52½, and
    a little more for the questions' words."""
    html = LESSON.format(words="word " * 1795, task="task " * 449)
    settings = 'seed="1" ' * 150  # no words that anybody reads
    parts = "<xor-map></xor-map><xor-loss></xor-loss>"
    live = f'<div class="xd-html"><xor-run {settings}>{parts}</xor-run></div>'
    asked = '<div class="xd-html"><xor-answer>task</xor-answer></div>'
    assert duration.minutes(html.replace("<details>", live * 5 + asked * 2 + "<details>", 1)) == (
        25,
        55,
    )


def test_what_is_folded_and_the_sources_take_no_minutes():
    html = LESSON.format(words="word " * 1795, task="task " * 449)
    longer = html.replace("folded", "folded " * 3000).replace("hint", "hint " * 3000)
    assert duration.minutes(f"{longer} {'word ' * 3000}") == duration.minutes(html)


def test_what_stands_among_the_exercises_takes_no_minutes_of_reading():
    html = LESSON.format(words="word " * 1795, task="task " * 449)
    stop = (
        '<math display="block"><mi>x</mi></math><div class="admonition predict"></div>'
        '<div class="language-python highlight"><pre>code</pre></div>'
    )
    more = html.replace("Exercises</h2>", f"Exercises</h2>{stop * 5}")
    assert duration.minutes(more) == (20, 55)


@pytest.mark.parametrize("lesson", TUTORIALS)
def test_a_lesson_takes_the_minutes_that_a_parser_finds(lesson, site):
    html = (site / f"tutorials/{lesson}/index.html").read_text("utf-8")
    article = BeautifulSoup(html, "html.parser").article
    told = [
        int(n) for n in re.findall(r"\d+", article.select_one(".xd-takes").extract().get_text())
    ]
    taken(article, ".xd-eyebrow, .xd-actions")
    in_code = taken(article, "xor-exercise")
    taken(article, "details, #sources ~ *")
    on_paper = len(article.select(".admonition.exercise, xor-answer"))
    exercises = BeautifulSoup("<div></div>", "html.parser").div
    for first in article.select("#exercises"):
        for tag in [first, *takewhile(lambda tag: tag.name != "h2", first.find_next_siblings())]:
            exercises.append(tag.extract())
    read, worked = by_parser(article), by_parser(exercises)
    worked += duration.CODE * len(in_code) + duration.PENCIL * on_paper
    assert told == [duration.rounded(read), duration.rounded(read + worked)]


def taken(tag, selector):
    """Take all parts that a selector finds out of a tag."""
    return [part.extract() for part in tag.select(selector)]


def by_parser(tag):
    """Return the minutes for a tag's words, formulas, listings, predictions and live figures."""
    stops = tag.select(
        "math[display=block], .highlight:not(.xd-output), .admonition.predict, xor-run"
    )
    taken(tag, "#sources, .highlight, pre, svg, math, script, style")
    return len(stops) + len(tag.get_text(" ").split()) / duration.WORDS
