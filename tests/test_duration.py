"""How many minutes a lesson takes, by hand."""

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
    """By hand: 1800 words are 12 minutes, a formula, a prediction and a listing 3; and 8 for code,
    4 for paper and 3 for the task's 450 words, 30 with the others."""
    html = LESSON.format(words="word " * 1795, task="task " * 449)
    assert duration.minutes(html) == (15, 30)
    assert duration.minutes(html.replace("</pre>", "</pre><p>" + "word " * 1500 + "</p>", 1)) == (
        25,
        40,
    )
    assert duration.minutes("<h1>Short</h1>") == (5, 5)


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
    assert duration.minutes(more) == (15, 45)
