"""Tell how many minutes a lesson takes, from what is on the page.

It reads HTML by patterns: to parse the lessons would take each build more than a second.
"""

import re

from jinja2 import Environment

WORDS = 100
"""How many words a reader takes in in a minute, of prose with symbols in it."""
CODE, PENCIL = 10, 4
"""How many minutes an exercise takes, in code and on paper, as a question for a number is.
A listing, a displayed formula, a prediction and a live figure take one each."""
ROUND = 5
"""Minutes are told in steps of so many."""
DISPLAYED = '<math display="block"'
TAG = re.compile(r"<[^>]+>")
DRAWN = re.compile(r"<(svg|math|script|style)\b.*?</\1>", re.DOTALL)
EXERCISE = re.compile(r"<xor-exercise\b.*?</xor-exercise>", re.DOTALL)
FOLD = re.compile(r"<details\b(?:(?!<details\b).)*?</details>", re.DOTALL)
LISTING = re.compile(r"<div class=\"(?![^\"]*xd-output)[^\"]*highlight\b.*?</pre>", re.DOTALL)
OUTPUT = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
ON_PAPER = re.compile(r"<div class=\"admonition exercise\">")
PREDICTION = re.compile(r"<div class=\"admonition predict\">")
LIVE = re.compile(r"<xor-run\b[^>]*>")
NUMBER = re.compile(r"<xor-answer\b")
EXERCISES = re.compile(r"<h2 id=\"exercises\".*?(?=<h2|\Z)", re.DOTALL)
SOURCES = re.compile(r"<h2 id=\"sources\".*", re.DOTALL)


def on_env(env: Environment, **_: object) -> Environment:
    """Give the templates ``minutes``."""
    env.filters["minutes"] = minutes
    return env


def minutes(html: str) -> tuple[int, int]:
    """Return how many minutes a lesson takes to read, and how many with its exercises.

    What is folded counts for neither, nor do the sources at the end.
    """
    html = SOURCES.sub("", html).replace(DISPLAYED, f"<hr>{DISPLAYED}")
    html, in_code = EXERCISE.subn(" ", DRAWN.sub(" ", html))
    folds = 1
    while folds:  # the innermost first
        html, folds = FOLD.subn(" ", html)
    for stop in (LISTING, PREDICTION, LIVE):
        html = stop.sub("<hr>", html)
    on_paper = len(ON_PAPER.findall(html)) + len(NUMBER.findall(html))
    reading, working = estimate(EXERCISES.sub(" ", html)), estimate(html)
    working += CODE * in_code + PENCIL * on_paper
    return rounded(reading), rounded(working)


def estimate(html: str) -> float:
    """Return the minutes for a page's words, and one for each stop, which is marked by a rule."""
    return words(html) / WORDS + html.count("<hr>")


def words(html: str) -> int:
    """Count the words of a page, without what its code prints."""
    return len(TAG.sub(" ", OUTPUT.sub(" ", html)).split())


def rounded(exact: float) -> int:
    """Return a number of minutes as it is told."""
    return max(ROUND, ROUND * round(exact / ROUND))
