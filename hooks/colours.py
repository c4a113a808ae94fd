"""Leave out a listing's elements around words and signs that have the colour of all text.

They are most of a page's elements. A code cell, which is coloured in the browser, has none either.
"""

import re

PLAIN = re.compile(r'<span class="(?:n|nb|o|p|w)">([^<]*)</span>')
"""Names (of built-in functions, too), operators, punctuation and white space."""


def on_post_page(output: str, **_: object) -> str:
    """Return a page whose listings have elements only where a colour begins."""
    return PLAIN.sub(r"\1", output)
